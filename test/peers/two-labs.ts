import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printCli } from '../../src/diff/cli/tree.ts'
import { type Estate, startEstate } from '../../src/lab/estate/estate.ts'

/** Two labs that start alike: one for weft, one for a client that nobody here wrote. */
export async function startTwoLabs(): Promise<{ ours: Estate; theirs: Estate; close(): Promise<void> }> {
  const start = () =>
    startEstate({ folder: mkdtempSync(join(tmpdir(), 'weft-peers-')), latencyMs: 0, firstPort: 0, log: () => {} })
  const [ours, theirs] = await Promise.all([start(), start()])
  return { ours, theirs, close: async () => void (await Promise.all([ours.close(), theirs.close()])) }
}

/** The configuration of every switch, without what no two logins share. */
export function switchState({ switches }: Estate): Record<string, string> {
  return Object.fromEntries(switches.map(each => [each.name, printCli(each.running())]))
}

/** Every object below a dn with the attributes that are configuration: no times, no owners. */
export function apicState({ apic }: Estate, below: string): Record<string, object> {
  const volatile = ['modTs', 'uid', 'lcOwn', 'childAction', 'status', 'annotation', 'extMngdBy', 'userdom']
  const objects = [...apic.objects().values()].filter(({ dn }) => dn === below || dn.startsWith(`${below}/`))
  return Object.fromEntries(
    objects.map(({ dn, class: name, attributes }) => [
      dn,
      { class: name, ...Object.fromEntries(Object.entries(attributes).filter(([key]) => !volatile.includes(key))) },
    ]),
  )
}
