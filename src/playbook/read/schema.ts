import * as z from 'zod'
import type { Module } from '../../model/module.ts'
import { BUILT_IN_ACTIONS } from './actions.ts'
import {
  BLOCK_KEYWORDS,
  IMPORT_PLAYBOOK_KEYWORDS,
  type KeywordType,
  LOOP_CONTROL,
  PLAY_KEYWORDS,
  TASK_KEYWORDS,
} from './keyword-table.ts'

type Json = Record<string, unknown>

/** A text that holds a template may stand for anything. */
const Template = z.string().regex(/\{\{/)
const Text = z.union([z.string(), z.number(), z.boolean(), z.null()])

const TYPES: Readonly<Record<Exclude<KeywordType, 'steps'>, z.ZodType>> = {
  text: Text,
  flag: z.union([z.boolean(), z.enum(['yes', 'no', 'true', 'false', 'on', 'off']), Template]),
  number: z.union([z.number(), z.string().regex(/^\d+(\.\d+)?%?$/), Template]),
  list: z.union([z.array(z.unknown()), z.string(), z.number(), z.null()]),
  mapping: z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown())), Template, z.null()]),
  condition: z.union([
    z.string(),
    z.boolean(),
    z.number(),
    z.null(),
    z.array(z.union([z.string(), z.boolean(), z.number()])),
  ]),
  any: z.unknown(),
}

/** The JSON Schema of playbooks and task files, with each module's arguments under its name and its aliases. */
export function playbookSchema(modules: readonly Module[]): Json {
  const steps = { type: ['array', 'null'], items: { $ref: '#/$defs/step' } }
  const task = objectOf(TASK_KEYWORDS, steps)
  task.properties = {
    ...(task.properties as Json),
    ...builtIns(),
    ...moduleProperties(modules),
    loop_control: loopControl(),
  }
  task.patternProperties = { '^with_': {} }
  const block = { ...objectOf(BLOCK_KEYWORDS, steps), required: ['block'] }
  const play = { ...objectOf(PLAY_KEYWORDS, steps), required: ['hosts'] }
  const importing = { ...objectOf(IMPORT_PLAYBOOK_KEYWORDS, steps), required: ['import_playbook'] }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'weft playbook',
    type: 'array',
    items: {
      if: { required: ['hosts'] },
      then: { $ref: '#/$defs/play' },
      else: { if: { required: ['import_playbook'] }, then: { $ref: '#/$defs/import' }, else: { $ref: '#/$defs/step' } },
    },
    $defs: {
      play,
      import: importing,
      task,
      block,
      step: { if: { required: ['block'] }, then: { $ref: '#/$defs/block' }, else: { $ref: '#/$defs/task' } },
      ...Object.fromEntries(modules.map(module => [`module.${module.name}`, argumentSchema(module)])),
    },
  }
}

const Variables = z.record(z.string(), z.unknown()).nullable()
const Group: z.ZodType = z.strictObject({
  hosts: z.union([z.record(z.string(), Variables), z.string(), z.null()]).optional(),
  vars: Variables.optional(),
  children: z
    .record(
      z.string(),
      z.lazy(() => Group.nullable()),
    )
    .nullable()
    .optional(),
})
const InventoryFile = z.record(z.string(), Group.nullable())

/** The JSON Schema of YAML inventories. */
export function inventorySchema(): Json {
  return { ...(z.toJSONSchema(InventoryFile) as Json), title: 'weft inventory' }
}

function objectOf(table: Readonly<Record<string, KeywordType>>, steps: Json): Json {
  const properties = Object.fromEntries(
    Object.entries(table).map(([name, type]) => [name, type === 'steps' ? steps : fragment(TYPES[type])]),
  )
  return { type: 'object', properties, additionalProperties: false }
}

/** A schema without its own $schema line, for use within another. */
function fragment(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return rest
}

function argumentSchema(module: Module): Json {
  const schema = { ...relaxed(fragment(module.args)), description: module.summary }
  return module.freeForm ? { anyOf: [schema, { type: ['string', 'null'] }] } : schema
}

/** Any argument may be a template instead of what it is otherwise, and text where the module reads text ('yes', 'a,b'). */
function relaxed(schema: Json): Json {
  if (schema.type !== 'object' || typeof schema.properties !== 'object') return schema
  const template = fragment(Template)
  const properties = Object.entries(schema.properties as Record<string, Json>).map(([name, property]) => {
    const { description, ...rest } = property
    const open = Object.keys(rest).length === 0 || (rest.type === 'string' && !rest.enum)
    const also = rest.enum ? template : { type: ['string', 'number'] }
    return [name, open ? property : { anyOf: [rest, also], ...(description ? { description } : {}) }]
  })
  return { ...schema, type: ['object', 'null'], properties: Object.fromEntries(properties) }
}

function moduleProperties(modules: readonly Module[]): Json {
  const entries = modules.flatMap(module => {
    const names = [module.name, ...(module.aliases ?? []), `ansible.builtin.${module.name}`]
    return [...new Set(names)].map(name => [name, { $ref: `#/$defs/module.${module.name}` }])
  })
  return Object.fromEntries(entries)
}

function builtIns(): Json {
  return Object.fromEntries(BUILT_IN_ACTIONS.flatMap(name => [name, `ansible.builtin.${name}`]).map(name => [name, {}]))
}

function loopControl(): Json {
  return {
    type: 'object',
    properties: Object.fromEntries(LOOP_CONTROL.map(name => [name, {}])),
    additionalProperties: false,
  }
}
