import * as z from 'zod'
import type { Module } from '../../model/module.ts'

/** An argument of a module, read off its schema. */
export interface ArgumentRow {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly default?: string
  readonly about: string
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** The arguments of a module in the order of its schema; for `weft modules NAME` and for the reference page. */
export function argumentRows(module: Module): ArgumentRow[] {
  const schema = z.toJSONSchema(module.args, { io: 'input', unrepresentable: 'any' }) as Schema
  const objects = [schema, ...(schema.anyOf ?? []), ...(schema.allOf ?? [])].filter(part => part.properties)
  const seen = new Map<string, ArgumentRow>()
  for (const part of objects) {
    for (const [name, argument] of Object.entries(part.properties ?? {})) {
      if (seen.has(name)) continue
      seen.set(name, {
        name,
        type: typeText(argument),
        required: part.required?.includes(name) === true,
        ...(argument.default === undefined ? {} : { default: JSON.stringify(argument.default) }),
        about: argument.description ?? '',
      })
    }
  }
  return [...seen.values()]
}

/** A module's reference as text. */
export function moduleLines(module: Module): string[] {
  const rows = argumentRows(module)
  const width = Math.max(0, ...rows.map(row => row.name.length))
  return [
    `${module.name}: ${module.summary}`,
    ...(module.aliases?.length ? [`also: ${module.aliases.join(', ')}`] : []),
    '',
    'Arguments:',
    ...rows.map(row => `  ${row.name.padEnd(width)}  ${argumentText(row)}`),
    ...(module.returns
      ? ['', 'Registers:', ...Object.entries(module.returns).map(([name, about]) => `  ${name}: ${about}`)]
      : []),
    '',
    'Examples:',
    ...module.examples.flatMap(example => [
      `  # ${example.title}`,
      ...example.yaml
        .trim()
        .split('\n')
        .map(line => `  ${line}`),
      '',
    ]),
  ]
}

function argumentText(row: ArgumentRow): string {
  const facts = [row.type, row.required ? 'required' : '', row.default === undefined ? '' : `default ${row.default}`]
  return `${facts.filter(fact => fact !== '').join(', ')}${row.about ? `. ${row.about}` : ''}`
}

function typeText(schema: Schema): string {
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.const !== undefined) return String(schema.const)
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeText))].join(' or ')
  if (schema.type === 'array') return schema.items ? `list of ${typeText(schema.items)}` : 'list'
  if (schema.type === 'object') return 'mapping'
  return Array.isArray(schema.type) ? schema.type.join(' or ') : String(schema.type ?? 'any')
}
