import type { Command, Option } from 'commander'
import { FailureError } from '../../model/failure.ts'
import type { ExitCode, Wires } from '../wires.ts'
import { bashScript } from './bash.ts'
import type { CompletedCommand, CompletedFlag } from './entry.ts'
import { fishScript } from './fish.ts'
import { zshScript } from './zsh.ts'

const writers: Readonly<Record<string, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

/** `weft completion SHELL`: a static script made from the command tree; modules complete by name, the rest as files. */
export async function completionCommand({
  shell,
  program,
  wires,
}: {
  shell: string
  program: Command
  wires: Wires
}): Promise<ExitCode> {
  const write = writers[shell]
  if (!write) {
    throw new FailureError({
      code: 'invalid',
      message: `there is no completion for '${shell}'`,
      remedy: `Known shells: ${Object.keys(writers).join(', ')}.`,
    })
  }
  const { modules } = await wires.doors()
  const words: Readonly<Record<string, readonly string[]>> = {
    modules: modules.map(({ names: [name] }) => name).toSorted(),
    completion: Object.keys(writers),
    help: program.commands.map(command => command.name()),
  }
  wires.out.write(write(program.commands.map(command => entryOf(command, words[command.name()] ?? []))))
  return 0
}

function entryOf(command: Command, words: readonly string[]): CompletedCommand {
  return {
    name: command.name(),
    about: command.description(),
    flags: [...command.options.flatMap(flagOf), { flag: '--help', about: 'show help', takes: 'nothing', choices: [] }],
    words,
  }
}

function flagOf(option: Option): CompletedFlag[] {
  if (!option.long) return []
  const choices = option.argChoices ?? []
  const takes = !option.required ? 'nothing' : choices.length > 0 ? 'choice' : 'value'
  return [{ flag: option.long, about: option.description, takes, choices }]
}
