import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Device } from '../../src/model/device.ts'
import { type Failure, toFailure } from '../../src/model/failure.ts'
import type { FileState } from '../../src/model/machine.ts'
import { differences } from '../../src/model/managed.ts'
import type { ArgFiles, ResourceModule, TextDiff } from '../../src/model/module.ts'
import { writtenScope } from '../../src/model/scope.ts'
import type { Value, Variables } from '../../src/model/value.ts'
import { createTemplar } from '../../src/playbook/template/template.ts'
import { argFilesOf } from '../../src/run/task/arg-files.ts'
import type { Scene } from '../../src/run/task/scene.ts'
import { here } from '../support/here.ts'

export interface Kept {
  readonly changed: boolean
  readonly values: Readonly<Record<string, Value>>
  readonly diff: readonly TextDiff[]
  readonly failure?: Failure
}

/** Keeps what a module of machines declares, on this machine unless a device is given; with `check` nothing is written. */
export async function keep<Args, State>(
  module: ResourceModule<'linux', Args, State, FileState>,
  given: unknown,
  {
    check = false,
    folder = '.',
    variables = {},
    device,
  }: { check?: boolean; folder?: string; variables?: Variables; device?: Device<'linux'> } = {},
): Promise<Kept> {
  const machine = device ?? (await here())
  const checked = module.args.parse(given)
  try {
    const args = module.resolve?.(checked, filesOf(folder, variables)) ?? checked
    const state = await module.observe(machine.read, args)
    const changes = differences(module.plan(state, args))
    const values = module.result?.(changes, args, state) ?? {}
    const kept = { changed: changes.length > 0, values, diff: changes.flatMap(change => module.texts?.(change) ?? []) }
    if (check || !kept.changed) return kept
    const work = { id: 'it', title: module.name, differences: changes, commands: module.render(changes, args) }
    const [outcome] = await machine.write([work])
    if (outcome?.state === 'applied') return kept
    return { ...kept, changed: false, failure: (outcome as { failure: Failure }).failure }
  } catch (error) {
    return { changed: false, values: {}, diff: [], failure: toFailure(error) }
  }
}

function filesOf(folder: string, variables: Variables): ArgFiles {
  const templar = createTemplar({ folders: [folder] })
  return argFilesOf({
    placed: { task: { folders: [folder] } },
    templar,
    variables: writtenScope(variables),
  } as unknown as Scene)
}

/** A file's text; null where there is none. */
export function textAt(...path: string[]): string | null {
  const file = join(...path)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
