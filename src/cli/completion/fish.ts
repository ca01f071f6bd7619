import type { CompletedCommand, CompletedFlag } from './entry.ts'

/** A script for fish: `weft completion fish | source`, or a file in its completions folder. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  return `${commands.flatMap(linesOf).join('\n')}\n`
}

function linesOf({ name, about, flags, words }: CompletedCommand): string[] {
  const within = `complete -c weft -n '__fish_seen_subcommand_from ${name}'`
  return [
    `complete -c weft -f -n __fish_use_subcommand -a ${name} -d '${quoted(about)}'`,
    ...(words.length > 0 ? [`${within} -f -a '${words.join(' ')}'`] : []),
    ...flags.map(flag => `${within} -l ${flag.flag.slice(2)}${takenBy(flag)} -d '${quoted(flag.about)}'`),
  ]
}

function takenBy({ takes, choices }: CompletedFlag): string {
  if (takes === 'choice') return ` -x -a '${choices.join(' ')}'`
  return takes === 'value' ? ' -r' : ''
}

function quoted(text: string): string {
  return text.replaceAll("'", "\\'")
}
