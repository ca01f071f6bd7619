import type { Command } from 'commander'

/** The command line as a page: usage, options and examples of every command, as --help has them. */
export function commandPage(program: Command): string {
  const sections = program.commands.flatMap(withSubcommands).map(([name, command]) => {
    const usage = `weft ${name} ${command.usage()}`
    const options = command.options.map(
      option => `| \`${option.flags}\` | ${text(option.description)}${shownDefault(option.defaultValue)} |`,
    )
    return [
      `## weft ${name}`,
      `${sentence(command.description())}`,
      `\`\`\`\n${usage}\n\`\`\``,
      ['| option | meaning |', '|---|---|', ...options].join('\n'),
      helpText(command),
    ]
      .filter(part => part !== '')
      .join('\n\n')
  })
  return `# Commands\n\nGenerated from the program itself by \`npm run generate\`.\n\n${sections.join('\n\n')}\n`
}

function withSubcommands(command: Command): [string, Command][] {
  const below = command.commands.map((sub): [string, Command] => [`${command.name()} ${sub.name()}`, sub])
  return [[command.name(), command], ...below]
}

function shownDefault(value: unknown): string {
  return value === undefined || value === 0 ? '' : ` (default: \`${String(value)}\`)`
}

/** What the command adds after its help (examples, exit codes), by asking it to print its help. */
function helpText(command: Command): string {
  let written = ''
  command.configureOutput({
    writeOut: part => {
      written += part
    },
  })
  command.outputHelp()
  const from = written.indexOf('Examples:')
  return from < 0 ? '' : `\`\`\`\n${written.slice(from).trim()}\n\`\`\``
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function text(words: string): string {
  return words.replaceAll('|', '\\|')
}
