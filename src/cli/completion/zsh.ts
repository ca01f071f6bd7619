import type { CompletedCommand, CompletedFlag } from './entry.ts'

/** A script for zsh: as _weft in a folder of fpath, or sourced after compinit. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef weft
_weft() {
  local -a commands=(
${commands.map(({ name, about }) => `    '${name}:${quoted(about)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${commands.map(caseOf).join('\n')}
  esac
}
if [ "$funcstack[1]" = _weft ]; then _weft "$@"; else compdef _weft weft; fi
`
}

function caseOf({ name, flags, words }: CompletedCommand): string {
  const rest = words.length > 0 ? `'*:name:(${words.join(' ')})'` : "'*:file:_files'"
  return `    ${name}) _arguments ${flags.map(flagOf).join(' ')} ${rest} ;;`
}

function flagOf({ flag, about, takes, choices }: CompletedFlag): string {
  const value = { nothing: '', value: ':value:_files', choice: `:value:(${choices.join(' ')})` }[takes]
  return `'*${flag}[${quoted(about)}]${value}'`
}

function quoted(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', ' -')
}
