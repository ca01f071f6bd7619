import * as z from 'zod'
import { RunEvent } from '../../src/model/event.ts'

interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

/** The events of `--output json` as a page, and their JSON Schema at its end. */
export function eventPage(): string {
  const schema = z.toJSONSchema(RunEvent, { unrepresentable: 'any' }) as Schema
  const kinds = schema.oneOf ?? schema.anyOf ?? []
  const sections = kinds.map(kind => {
    const rows = Object.entries(kind.properties ?? {}).map(
      ([name, field]) =>
        `| \`${name}\` | ${typeText(field)} | ${kind.required?.includes(name) ? 'always' : 'when there is one'} |`,
    )
    return `## ${String(kind.properties?.event?.const)}\n\n| field | type | given |\n|---|---|---|\n${rows.join('\n')}`
  })
  return `# Events

Generated from \`src/model/event.ts\` by \`npm run generate\`. \`weft run --output json\` prints one event a line. Secrets are masked before an
event leaves the engine. Within a pass (see [architecture](../architecture.md)) hosts go through several tasks each by itself, so results
of different tasks may be mixed; \`id\` says which task a result belongs to.

${sections.join('\n\n')}

## JSON Schema

\`\`\`json
${JSON.stringify(schema, null, 2)}
\`\`\`
`
}

function typeText(schema: Schema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.map(value => `\`${String(value)}\``).join(', ')
  if (schema.anyOf) return schema.anyOf.map(typeText).join(' or ')
  if (schema.type === 'array') return `list of ${schema.items ? typeText(schema.items) : 'anything'}`
  if (schema.type === 'object' && schema.properties) return `{ ${Object.keys(schema.properties).join(', ')} }`
  if (schema.type === 'object')
    return `mapping of ${schema.additionalProperties ? typeText(schema.additionalProperties) : 'anything'}`
  return schema.type ?? 'anything'
}
