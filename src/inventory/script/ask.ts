import type { ProcessEnd } from '../../model/machine.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { noAnswer, saidBy, whileAsking, wrongForm } from './complaint.ts'
import { mappingOf } from './json.ts'
import type { ScriptAnswer, ScriptLimits, StartScript, ToldVariables } from './scripts.ts'
import { groupsOf, variablesOf } from './told.ts'

/** An estate of ten thousand hosts is 10 MB of JSON; a cloud that is asked for it answers within minutes or not at all. */
export const LIST_LIMITS: ScriptLimits = { seconds: 300, bytes: 20 * 1024 * 1024 }
export const HOST_LIMITS: ScriptLimits = { seconds: 60, bytes: 1024 * 1024 }
const AT_A_TIME = 8
const MOST_WARNINGS = 10

/**
 * Asks an inventory script for its estate: `--list`, and where that holds no `_meta.hostvars`, `--host NAME` for each host that is in a group.
 * Throws FailureError with the script's name: failed (it ended with an error, a limit was reached, no JSON), invalid (not an inventory),
 * interrupted.
 */
export async function askScript(
  file: string,
  start: StartScript,
  limits = { list: LIST_LIMITS, host: HOST_LIMITS },
): Promise<ScriptAnswer> {
  const warnings = new Set<string>()
  const ask = async (words: readonly string[], most: ScriptLimits): Promise<ProcessEnd> => {
    const end = await answered([file, ...words], start, most)
    const said = saidBy(end)
    if (said !== '' && warnings.size < MOST_WARNINGS) warnings.add(`The inventory ${file} says: ${said}`)
    return end
  }
  const list = mappingOf(await ask(['--list'], limits.list), `${file} --list`)
  const groups = groupsOf(list, file)
  const names = [...new Set(groups.flatMap(({ hosts }) => hosts))]
  const told = hostvarsOf(list._meta, file)
  const hosts = told
    ? new Map(
        names.map(name => [name, variablesOf(Object.hasOwn(told, name) ? told[name] : null, variablesAre(name), file)]),
      )
    : await eachHost(names, async (name, signal) => {
        const end = await ask(['--host', name], { ...limits.host, signal })
        const value = end.stdout.trim() === '' ? {} : mappingOf(end, `${file} --host ${name}`)
        return variablesOf(value, variablesAre(name), file)
      })
  return { groups, hosts, warnings: [...warnings] }
}

const variablesAre = (name: string) => `the variables of the host "${name}"`

function hostvarsOf(meta: Value | undefined, file: string): Record<string, Value> | null {
  if (meta === undefined || meta === null) return null
  if (!isMapping(meta)) throw wrongForm(file, '_meta is not a mapping')
  const { hostvars } = meta
  if (hostvars === undefined || hostvars === null) return null
  if (!isMapping(hostvars)) throw wrongForm(file, '_meta.hostvars is not a mapping of hosts to variables')
  return hostvars
}

async function answered(words: readonly string[], start: StartScript, limits: ScriptLimits): Promise<ProcessEnd> {
  const command = words.join(' ')
  let end: ProcessEnd
  try {
    end = await start(words, limits)
  } catch (error) {
    throw whileAsking(command, error)
  }
  if (end.missing) throw noAnswer(command, 'cannot be started: the program that its first line names is not there')
  if (end.rc !== 0)
    throw noAnswer(command, end.rc < 0 ? `was ended by signal ${-end.rc}` : `ended with code ${end.rc}`, end)
  return end
}

/** In the order of the names, a few at a time; the first that fails ends those that are running. */
async function eachHost(
  names: readonly string[],
  ask: (name: string, signal: AbortSignal) => Promise<ToldVariables>,
): Promise<Map<string, ToldVariables>> {
  const broken = new AbortController()
  const waiting = [...names]
  const told = new Map<string, ToldVariables>()
  let failure: unknown = null
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      try {
        told.set(name, await ask(name, broken.signal))
      } catch (error) {
        failure ??= error
        waiting.length = 0
        broken.abort()
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, names.length) }, worker))
  if (failure !== null) throw failure
  return new Map(names.flatMap(name => (told.has(name) ? [[name, told.get(name) as ToldVariables]] : [])))
}
