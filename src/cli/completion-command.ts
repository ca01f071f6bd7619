import type { Command } from 'commander'
import { FailureError } from '../model/failure.ts'
import type { ExitCode, Wires } from './wires.ts'

interface Entry {
  readonly name: string
  readonly about: string
  readonly flags: readonly { readonly flag: string; readonly about: string }[]
}

const writers: Readonly<Record<string, (entries: readonly Entry[]) => string>> = { bash, zsh, fish }

/** `weft completion SHELL`: a static script made from the command tree; files complete as files. */
export function completionCommand({
  shell,
  program,
  wires,
}: {
  shell: string
  program: Command
  wires: Wires
}): ExitCode {
  const write = writers[shell]
  if (!write) {
    throw new FailureError({
      code: 'invalid',
      message: `there is no completion for '${shell}'`,
      remedy: `Known shells: ${Object.keys(writers).join(', ')}.`,
    })
  }
  wires.out.write(write(program.commands.map(readEntry)))
  return 0
}

function readEntry(command: Command): Entry {
  const flags = command.options.flatMap(option =>
    option.long ? [{ flag: option.long, about: option.description }] : [],
  )
  return {
    name: command.name(),
    about: command.description(),
    flags: [...flags, { flag: '--help', about: 'show help' }],
  }
}

function bash(entries: readonly Entry[]): string {
  const cases = entries.map(entry => `    ${entry.name}) words='${entry.flags.map(({ flag }) => flag).join(' ')}' ;;`)
  return `_weft() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=''
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words='${entries.map(entry => entry.name).join(' ')} --help --version'; fi
  if [[ "$current" == -* || "$COMP_CWORD" -eq 1 ]]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
  else COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _weft weft
`
}

function zsh(entries: readonly Entry[]): string {
  const commands = entries.map(entry => `    '${entry.name}:${quoteZsh(entry.about)}'`)
  const cases = entries.map(
    entry =>
      `    ${entry.name}) _arguments ${entry.flags.map(({ flag, about }) => `'${flag}[${quoteZsh(about)}]'`).join(' ')} '*:file:_files' ;;`,
  )
  return `#compdef weft
_weft() {
  local -a commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${cases.join('\n')}
  esac
}
compdef _weft weft
`
}

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap(entry => [
    `complete -c weft -n __fish_use_subcommand -a ${entry.name} -d '${quote(entry.about)}'`,
    ...entry.flags.map(
      ({ flag, about }) =>
        `complete -c weft -n '__fish_seen_subcommand_from ${entry.name}' -l ${flag.slice(2)} -d '${quote(about)}'`,
    ),
  ])
  return `${lines.join('\n')}\n`
}

function quote(text: string): string {
  return text.replaceAll("'", "\\'")
}

function quoteZsh(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', ' -')
}
