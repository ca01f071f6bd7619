import * as z from 'zod'
import { FailureError } from '../../model/failure.ts'
import type { Module, ModuleEntry } from '../../model/module.ts'
import { nearest } from '../../model/nearest.ts'
import { visible, visibleJson } from '../../model/visible.ts'
import type { ExitCode, Wires } from '../wires.ts'
import { moduleLines } from './module-lines.ts'

/** `weft modules [NAME]`: the table, or one module's reference, from the schemas. */
export async function modulesCommand({
  name,
  json,
  wires,
}: {
  name: string | undefined
  json: boolean
  wires: Wires
}): Promise<ExitCode> {
  const { modules: table } = await wires.doors()
  const say = (text: string) => void wires.out.write(`${visible(text)}\n`)
  if (name === undefined) {
    const modules = await Promise.all(table.map(each => each.load()))
    if (json)
      say(
        JSON.stringify(
          modules.map(module => ({ name: module.name, aliases: module.aliases ?? [], summary: module.summary })),
          null,
          2,
        ),
      )
    else for (const line of summaries(modules)) say(line)
    return 0
  }
  const module = await findModule(table, name)
  if (json) say(visibleJson(JSON.stringify(asJson(module), null, 2)))
  else for (const line of moduleLines(module)) say(line)
  return 0
}

function summaries(modules: readonly Module[]): string[] {
  const width = Math.max(...modules.map(module => module.name.length))
  return [...modules]
    .sort((one, other) => one.name.localeCompare(other.name))
    .map(module => `${module.name.padEnd(width)}  ${module.summary}`)
}

async function findModule(modules: readonly ModuleEntry[], name: string): Promise<Module> {
  const short = name.replace(/^ansible\.(builtin|legacy)\./, '')
  const found = modules.find(({ names }) => names[0] === short || names.includes(name))
  if (found) return found.load()
  const close = nearest(
    name,
    modules.flatMap(({ names }) => names),
  )
  throw new FailureError({
    code: 'invalid',
    message: `there is no module '${name}'`,
    remedy: close ? `Did you mean '${close}'? 'weft modules' lists all.` : "'weft modules' lists all.",
  })
}

function asJson(module: Module): object {
  const { name, aliases = [], summary, examples, returns = {} } = module
  const schema = z.toJSONSchema(module.args, { io: 'input', unrepresentable: 'any' })
  return { name, aliases, summary, arguments: schema, examples, returns }
}
