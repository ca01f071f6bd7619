import type { CompletedCommand } from './entry.ts'

/** A script for bash (4 and later): source it, or put it where bash-completion looks. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  return `_weft() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" flags='' words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W '${names} --help --version' -- "$current")); return; fi
  case "\${COMP_WORDS[1]} $before" in
${commands.flatMap(choicesOf).join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${commands.map(caseOf).join('\n')}
  esac
  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
  else COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _weft weft
`
}

function choicesOf({ name, flags }: CompletedCommand): string[] {
  return flags
    .filter(({ takes }) => takes === 'choice')
    .map(
      ({ flag, choices }) =>
        `    '${name} ${flag}') COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`,
    )
}

function caseOf({ name, flags, words }: CompletedCommand): string {
  return `    ${name}) flags='${flags.map(({ flag }) => flag).join(' ')}' words='${words.join(' ')}' ;;`
}
