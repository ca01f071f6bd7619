import { isDeepStrictEqual } from 'node:util'
import { suite, type Test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Device } from '../../src/model/device.ts'
import type { Kind } from '../../src/model/kind.ts'
import { differences, differs, inverse, type Managed } from '../../src/model/managed.ts'
import type { ResourceModule } from '../../src/model/module.ts'
import type { Value } from '../../src/model/value.ts'
import { checkArguments } from '../../src/playbook/read/arguments.ts'
import { finish } from '../support/finish.ts'
import type { testWithKubectl } from '../support/where.ts'

/** A secret that must never be seen; cases put it where a password goes. */
export const canary = 'Canary-Secret-9'

export interface ContractCase {
  readonly title: string
  readonly args: Value
  /** Changes that cannot be undone, by design; named so that nobody thinks they are. */
  readonly noUndo?: string
}

/** A lab of one device: `open` is a new run, `state` the device's own view of its configuration, comparable. */
export interface ContractLab<K extends Kind> {
  open(): Promise<Device<K>>
  state(): unknown | Promise<unknown>
  close(): Promise<void>
}

/** The checks that every resource module must pass, against a real peer. */
export async function resourceContract<K extends Kind>(
  // biome-ignore lint/suspicious/noExplicitAny: modules of all argument types pass the same checks
  module: ResourceModule<K, any, any, any>,
  {
    lab,
    cases,
    declare = test => test,
  }: {
    lab: () => Promise<ContractLab<K>>
    cases: readonly ContractCase[]
    /** Skips the tests where the machine lacks something for them. */
    declare?: (test: Test) => ReturnType<typeof testWithKubectl>
  },
): Promise<void> {
  const contract = suite(`contract of ${module.name}`)
  const test = declare(contract)
  for (const each of cases) {
    test(`${each.title}: plan is pure, applies, is then empty, and its inverse restores what was there`, async () => {
      const bench = await lab()
      try {
        await goThrough(module, bench, each)
      } finally {
        await bench.close()
      }
    })
  }
  test('an unknown argument fails at its place with the nearest name', () => {
    const source = { file: 'a.yml', places: new Map([['/module/wrng_argument', [3, 7] as const]]) }
    try {
      checkArguments(module, { ...(cases[0]?.args as object), wrng_argument: 1 } as Value, { source, path: ['module'] })
    } catch (error) {
      const { failure } = error as { failure: { code: string; message: string; at: object } }
      assert.is(failure.code, 'invalid')
      assert.match(failure.message, 'wrng_argument')
      assert.equal(failure.at, { file: 'a.yml', line: 3, column: 7 })
      return
    }
    assert.unreachable('the unknown argument was accepted')
  })
  contract.run()
}

async function goThrough<K extends Kind>(
  // biome-ignore lint/suspicious/noExplicitAny: see above
  module: ResourceModule<K, any, any, any>,
  bench: ContractLab<K>,
  each: ContractCase,
): Promise<void> {
  const args = checkArguments(module, each.args, { source: { file: 'a.yml', places: new Map() }, path: [] })
  const before = structuredClone(await bench.state())
  const device = await bench.open()
  const managed = await planTwice(module, device, args)
  const changes = differences(managed)
  checkManaged(module, managed)
  assert.ok(changes.length > 0, 'the case changes something')
  assert.equal(await bench.state(), before, 'observing and planning wrote nothing')
  assert.not.match(JSON.stringify(changes.map(change => module.show(change))), canary)
  await apply(module, { device, changes, args })
  await device.release()

  const again = await bench.open()
  const settled = module.plan(await module.observe(again.read, args), args)
  assert.equal(differences(settled), [], 'after the apply there is nothing left to do')
  checkManaged(module, settled)
  assert.equal(keptIn(settled), keptIn(managed), 'what is kept is named in sync as it was before')
  if (each.noUndo === undefined) {
    await apply(module, { device: again, changes: inverse(changes), args })
    assert.equal(await bench.state(), before, 'the inverse restored what was there')
  }
  await again.release()
}

/** Every managed thing by its own id, in plain data; what is in sync is the very same value on both sides. */
function checkManaged({ kind }: { readonly kind: Kind }, managed: readonly Managed[]): void {
  const ids = managed.map(({ id }) => id)
  assert.equal(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
    'ids are unique on the target',
  )
  for (const each of managed) {
    assert.match(each.id, PREFIX[kind], 'an id says its kind')
    if (!differs(each)) assert.ok(each.before === each.after, `${each.id} is in sync: one value`)
    for (const value of [each.before, each.after]) {
      assert.type(value, 'object', `${each.id} is an object or null`)
      assert.equal(JSON.parse(JSON.stringify(value)), value, `${each.id} is plain data`)
    }
  }
}

const PREFIX: Readonly<Record<Kind, RegExp>> = {
  nxos: /^(cli|save):./,
  apic: /^apic:uni\//,
  kube: /^kube:[\w.-]*\/\w+\/[\w.-]*\/[\w.:-]+$/,
  linux: /^file:\//,
}

/** The ids of what is to be there. */
function keptIn(managed: readonly Managed[]): string[] {
  return managed.flatMap(({ id, after }) => (after === null ? [] : [id])).sort()
}

async function planTwice<K extends Kind>(
  // biome-ignore lint/suspicious/noExplicitAny: see above
  module: ResourceModule<K, any, any, any>,
  device: Device<K>,
  args: unknown,
): Promise<readonly Managed[]> {
  const state = await module.observe(device.read, args)
  const frozen = deepFreeze(state)
  const first = module.plan(frozen, deepFreeze(args))
  assert.ok(isDeepStrictEqual(module.plan(frozen, args), first), 'the same question gets the same answer')
  return deepFreeze(first)
}

async function apply<K extends Kind>(
  // biome-ignore lint/suspicious/noExplicitAny: see above
  module: ResourceModule<K, any, any, any>,
  { device, changes, args }: { device: Device<K>; changes: readonly Managed[]; args: unknown },
): Promise<void> {
  device.stage(changes)
  const outcomes = await device.write([
    { id: 't', title: 't', commands: module.render(changes, args), differences: changes },
  ])
  assert.equal(outcomes, [{ state: 'applied' }])
  assert.is(await finish(device), null)
}

/** Freezes plain data so that a module that changes what it was given throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (value instanceof Map || value instanceof Uint8Array) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}
