import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseYaml } from '../../../src/inventory/yaml/read.ts'
import { namesOf } from '../../../src/model/as-written.ts'
import { isMapping, type Value } from '../../../src/model/value.ts'
import { tryRun } from '../../run/try.ts'

/** Expressions with the answers of ansible-core 2.14: the text of a `debug: msg:`, and what it shows. */
const FOLDER = 'test/fixtures/expressions'
/** Per cent that must be answered alike: 98.1, of which a few look at the machine. */
const FLOOR = 97.9

interface Recorded {
  readonly expression: string
  readonly value?: Value
  readonly error?: true
}

const recorded = readFileSync(`${FOLDER}/shown.jsonl`, 'utf8')
  .trimEnd()
  .split('\n')
  // YAML, for JavaScript's JSON loses the order of keys that look like numbers.
  .map(line => parseYaml(line, 'shown.jsonl')[0]?.value as unknown as Recorded)

test('expressions are answered as Ansible answered them', async () => {
  const said = await answers(recorded.map(({ expression }) => expression))
  const wrong = recorded.filter(({ value, error }, index) =>
    error ? said.has(index) : !said.has(index) || !isSame(said.get(index) ?? null, value ?? null),
  )
  const share = `${((100 * (recorded.length - wrong.length)) / recorded.length).toFixed(1)} % of ${recorded.length}`
  console.log(`recorded expressions that are answered as by Ansible: ${share}`)
  const different = wrong.map(each => `${JSON.stringify(each)} → ${JSON.stringify(said.get(recorded.indexOf(each)))}`)
  assert.ok(Number.parseFloat(share) >= FLOOR, `${share}; differently answered:\n${different.join('\n')}`)
  if (process.env.WEFT_SHOW_DIFFERENT) console.log(different.join('\n'))
})

/** What a run shows of each expression, by its number; those that end in an error are not there. */
async function answers(expressions: readonly string[]): Promise<Map<number, Value>> {
  const numbers = expressions.map((_, index) => index)
  const files = Object.fromEntries(
    expressions.map((msg, index) => [`tasks/${index}.yml`, JSON.stringify([{ name: String(index), debug: { msg } }])]),
  )
  // What cannot even be read fails where it is included.
  const tasks = numbers.map(index => ({ block: [{ include_tasks: `tasks/${index}.yml` }], rescue: [{ debug: {} }] }))
  const { events, failure } = await tryRun({
    'playbook.yml': JSON.stringify([{ hosts: 'localhost', gather_facts: false, vars_files: 'vars.yml', tasks }]),
    'hosts.ini': 'localhost ansible_connection=local',
    'vars.yml': readFileSync(`${FOLDER}/vars.yml`, 'utf8'),
    ...files,
  })
  assert.is(failure, undefined)
  return new Map(
    events.flatMap(event =>
      event.event === 'host-result' && event.status === 'ok' && /^\d+$/.test(event.task)
        ? [[Number(event.task), (event.msg ?? null) as Value] as const]
        : [],
    ),
  )
}

/** The same values, with the keys of mappings in the same order; 1 is 1.0, and '1' is not 1. */
function isSame(one: Value, other: Value): boolean {
  if (Array.isArray(one))
    return (
      Array.isArray(other) && one.length === other.length && one.every((each, at) => isSame(each, other[at] ?? null))
    )
  if (typeof one === 'string' && typeof other === 'string') return withoutAddress(one) === withoutAddress(other)
  if (!isMapping(one) || !isMapping(other)) return one === other
  const names = namesOf(one)
  return (
    names.join('\n') === namesOf(other).join('\n') &&
    names.every(name => isSame(one[name] ?? null, other[name] ?? null))
  )
}

/** Where an object was in somebody's memory. */
function withoutAddress(text: string): string {
  return text.replace(/ at 0x[\da-f]+>/g, '>')
}

test.run()
