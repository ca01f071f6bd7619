import { argumentRows } from '../../src/cli/modules/module-lines.ts'
import type { Module } from '../../src/model/module.ts'

/** Every module with its arguments, what it registers and its examples. */
export function modulePage(modules: readonly Module[]): string {
  const sorted = [...modules].sort((one, other) => one.name.localeCompare(other.name))
  const index = sorted.map(module => `- [${module.name}](#${module.name}): ${module.summary}`)
  return `# Modules\n\nGenerated from the modules' schemas by \`npm run generate\`.\n\n${index.join('\n')}\n\n${sorted.map(section).join('\n\n')}\n`
}

function section(module: Module): string {
  const rows = argumentRows(module).map(
    row =>
      `| \`${row.name}\`${row.required ? ' (required)' : ''} | ${cell(row.type)} | ${row.default ? `\`${cell(row.default)}\`` : ''} | ${cell(row.about)} |`,
  )
  const returns = Object.entries(module.returns ?? {}).map(([name, about]) => `- \`${name}\`: ${about}`)
  return [
    `## ${module.name}`,
    `${module.summary}`,
    ...(module.aliases?.length ? [`Also answers to ${module.aliases.map(alias => `\`${alias}\``).join(', ')}.`] : []),
    ...(rows.length > 0 ? [`| argument | type | default | meaning |\n|---|---|---|---|\n${rows.join('\n')}`] : []),
    ...(returns.length > 0 ? [`Registers:\n\n${returns.join('\n')}`] : []),
    ...module.examples.map(example => `${example.title}:\n\n\`\`\`yaml\n${example.yaml.trim()}\n\`\`\``),
  ].join('\n\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
