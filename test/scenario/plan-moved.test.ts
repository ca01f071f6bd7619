import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readPlan, savePlan } from '../../src/cli/run/plan-file.ts'
import { holdsStill } from '../../src/cli/run/reviewed.ts'
import { toFailure } from '../../src/model/failure.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import { execute } from '../../src/run/execute.ts'
import type { Doors, RunOptions } from '../../src/run/options.ts'
import { doorsOf, executeIn, optionsOf, repository } from '../support/in-process.ts'
import { holdsForMany } from '../support/many.ts'
import { type Wanted, wantedTasks } from '../support/random/wanted.ts'
import { differences, standing } from '../support/standing.ts'
import { hasKubectl } from '../support/where.ts'
import { type WholeLab, wholeLab } from '../support/whole-lab.ts'

const test = suite('a saved plan of random tasks')
type Host = Wanted['host']
const HOSTS: readonly Host[] = ['leaf-a', 'apic1', 'node-1', ...(hasKubectl() ? ['blue' as const] : [])]
const FILE = 'site.plan'

/** Two kinds at a time. */
const tasks = fc.subarray([...HOSTS], { minLength: 1, maxLength: 2 }).chain(hosts => wantedTasks(hosts, { most: 5 }))

function playbook(wanted: readonly Wanted[]): string {
  const steps = wanted.map(({ host, task }) => ({ ...task, when: `inventory_hostname == '${host}'` }))
  return JSON.stringify([{ hosts: HOSTS.join(','), gather_facts: false, tasks: steps }])
}

interface Saved {
  readonly lab: WholeLab
  readonly folder: string
  readonly plan: PlanDocument
}

/** A lab of its own, and a plan of tasks on it, saved and read again. */
async function withPlan(wanted: readonly Wanted[], work: (saved: Saved) => Promise<void>): Promise<void> {
  const lab = await wholeLab({ kube: wanted.some(({ host }) => host === 'blue') })
  try {
    const folder = repository(lab, { 'site.yml': playbook(wanted) })
    const { plan } = await executeIn(lab, folder, { mode: 'plan', keepsPlan: {} })
    if (!plan) throw new Error('nothing was planned')
    savePlan(FILE, plan.document, folder)
    await work({ lab, folder, plan: readPlan(FILE, folder) })
  } finally {
    await lab.close()
  }
}

/** Applies a saved plan as another process does; gives back why it was refused. */
async function applied({ lab, folder, plan }: Saved, more: Partial<Doors> = {}, options: Partial<RunOptions> = {}) {
  const doors = { ...doorsOf(lab), ...more }
  try {
    const asked = optionsOf(lab, folder, options)
    const reviewed = await holdsStill(plan, { engine: { execute }, options: asked, doors })
    return { end: await execute({ ...asked, reviewed }, doors) }
  } catch (error) {
    return { failure: toFailure(error) }
  }
}

test('is applied whole, and then a plan is empty', async () => {
  await holdsForMany(tasks, { runs: 10, seconds: 5 }, async wanted => {
    await withPlan(wanted, async saved => {
      const changed: string[] = []
      saved.lab.apic.onChange(effects => changed.push(...effects.map(({ dn }) => `apic:${dn}`)))
      const typed = saved.lab.leaf.typed.length
      const { end, failure } = await applied(saved)
      assert.is(end?.exit, 0, failure?.message)
      const planned = saved.plan.intents.flatMap(intent => intent.differences.map(({ id }) => id))
      assert.equal(
        changed.filter(id => !planned.some(each => id.startsWith(each) || each.startsWith(id))),
        [],
      )
      refuseUnlisted(saved, saved.lab.leaf.typed.slice(typed))
      const after = await executeIn(saved.lab, saved.folder, { mode: 'plan' })
      assert.is(after.exit, 0)
    })
  })
})

const OWN = /^(terminal |show |configure terminal$|end$|exit$|(no )?checkpoint |copy running-config )/

function refuseUnlisted({ plan }: Saved, typed: readonly string[]): void {
  const commands = plan.intents.filter(({ kind }) => kind === 'nxos').flatMap(intent => intent.commands)
  const listed = (commands as { line?: string; parents?: string[] }[]).flatMap(({ line = '', parents = [] }) => [
    ...parents,
    line,
  ])
  assert.equal(
    typed.filter(line => !OWN.test(line) && !listed.includes(line)),
    [],
  )
}

test('is refused before the first write where live state has moved by one of its things, and says which', async () => {
  const cases = fc.tuple(tasks, fc.nat())
  await holdsForMany(cases, { runs: 12, seconds: 6 }, async ([wanted, place]) => {
    await withPlan(wanted, async saved => {
      const moved = wanted[place % wanted.length] as Wanted
      const { lab, folder } = saved
      writeFileSync(join(folder, 'site.yml'), playbook([moved]))
      const { plan } = await executeIn(lab, folder, { keepsPlan: {}, mode: 'plan' })
      const ids = (plan?.document.intents ?? []).flatMap(intent => intent.differences.map(({ id }) => id))
      assert.is((await executeIn(lab, folder)).exit, 0)
      writeFileSync(join(folder, 'site.yml'), playbook(wanted))
      await refused(saved, {}, text => ids.some(id => text.includes(`${moved.host}: ${id}`)), ids.join(', '))
    })
  })
})

/** Nothing is written, and the failure's message says what moved. */
async function refused(
  saved: Saved,
  more: Partial<Doors>,
  names: (text: string) => boolean,
  what: string,
): Promise<void> {
  const before = standing(saved.lab, saved.folder)
  const { failure, end } = await applied(saved, more)
  if (!failure) throw new Error(`It was applied (${end?.exit}) although this had moved: ${what}`)
  assert.is(failure.code, 'stale', failure.message)
  if (!names(failure.message)) throw new Error(`It does not name ${what}:\n${failure.message}`)
  assert.is(differences(before, standing(saved.lab, saved.folder)), '')
}

const ALL: Wanted[] = [
  { key: 'a', host: 'leaf-a', task: { nxos_config: { lines: ['vlan {{ number | default(42) }}'] } } },
  { key: 'b', host: 'node-1', task: { template: { src: 'one.j2', dest: '{{ canary }}/made' } } },
  { key: 'c', host: 'node-1', task: { copy: { src: 'one.txt', dest: '{{ canary }}/copied' } } },
  { key: 'd', host: 'apic1', task: { apic_tree: { tree: { fvTenant: { name: '{{ tenant | default("made") }}' } } } } },
]

/** What else a plan is made of, moved, and how that is named. */
const MOVES: Readonly<Record<string, { move?: (folder: string) => void; commit?: Doors['commit']; names: RegExp }>> = {
  'a template': {
    move: folder => appendFileSync(join(folder, 'templates/one.j2'), 'more\n'),
    names: /node-1: file:\S*made is wanted otherwise now/,
  },
  'a file': {
    move: folder => appendFileSync(join(folder, 'files/one.txt'), 'more\n'),
    names: /node-1: file:\S*copied is wanted otherwise now/,
  },
  'a variable of the inventory': {
    move: folder => {
      const hosts = JSON.parse(readFileSync(join(folder, 'hosts.yml'), 'utf8'))
      hosts.all.hosts.apic1.tenant = 'other'
      writeFileSync(join(folder, 'hosts.yml'), JSON.stringify(hosts))
    },
    names: /the inventory: variables or groups of apic1 are others/,
  },
  'a host more': {
    move: folder => {
      const hosts = JSON.parse(readFileSync(join(folder, 'hosts.yml'), 'utf8'))
      hosts.all.hosts.another = {}
      writeFileSync(join(folder, 'hosts.yml'), JSON.stringify(hosts))
    },
    names: /the inventory: another is new/,
  },
  'the playbook': {
    move: folder => writeFileSync(join(folder, 'site.yml'), playbook(ALL.slice(0, 3))),
    names: /apic1: apic:uni\/tn-made needs no change any more/,
  },
  'the commit': {
    commit: async () => ({ id: 'f'.repeat(40), dirty: false }),
    names: /the repository: it was planned at no commit, here is ffffffffffff/,
  },
}

test('is refused where anything else that it was made of has moved, and says what', async () => {
  for (const [what, { move, commit, names }] of Object.entries(MOVES)) {
    await withPlan(ALL, async saved => {
      move?.(saved.folder)
      await refused(saved, commit ? { commit } : {}, text => names.test(text), what)
    })
  }
})

test('is refused where any byte of its file is another', async () => {
  await withPlan(ALL, async ({ folder, plan }) => {
    const file = join(folder, FILE)
    const bytes = readFileSync(file)
    const cases = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(cases, ([place, turn]) => {
        const other = Buffer.from(bytes)
        other[place] = (other[place] as number) ^ turn
        writeFileSync(file, other)
        // A blank that is another blank says nothing else.
        if (isDeepStrictEqual(parsed(other), parsed(bytes))) return
        try {
          readPlan(FILE, folder)
        } catch (error) {
          return assert.is(toFailure(error).code, 'invalid')
        }
        throw new Error(`Byte ${place} may be turned by ${turn}: ${bytes.subarray(place - 30, place + 10)}`)
      }),
      { numRuns: Number(process.env.WEFT_TEST_RUNS ?? 1000), includeErrorInReport: true },
    )
    assert.is(plan.intents.length, 4)
  })
})

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

test('is for its owner alone to read, and holds no secret of any kind', async () => {
  const secrets = fc.string({ minLength: 8, maxLength: 20, unit: fc.constantFrom(...'abcXYZ0189-+/=!') })
  await holdsForMany(secrets, { runs: 4, seconds: 3 }, async secret => {
    await withPlan(withSecrets(secret), async ({ folder }) => {
      const text = readFileSync(join(folder, FILE), 'utf8')
      for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret), 'Canary-Pass-1'])
        assert.not.ok(text.includes(form), form)
      assert.is(statSync(join(folder, FILE)).mode & 0o777, 0o600)
    })
  })
})

function withSecrets(secret: string): Wanted[] {
  const peer = { bgpPeerP: { addr: '192.0.2.1', password: secret } }
  const tree = { fvTenant: { name: 'green', l3extOut: { name: 'out', l3extLNodeP: { name: 'nodes', ...peer } } } }
  const definition = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'default' },
    stringData: { a: secret },
  }
  return [
    {
      key: 'a',
      host: 'leaf-a',
      task: { nxos_config: { parents: ['router bgp 65102', 'neighbor 192.0.2.9'], lines: [`password ${secret}`] } },
    },
    { key: 'b', host: 'apic1', task: { apic_tree: { tree } } },
    {
      key: 'c',
      host: 'node-1',
      task: { copy: { content: 'it is {{ my_password }}', dest: '{{ canary }}/s' }, vars: { my_password: secret } },
    },
    ...(HOSTS.includes('blue') ? [{ key: 'd', host: 'blue' as const, task: { k8s: { definition } } }] : []),
  ]
}

test.run()
