import { randomBytes } from 'node:crypto'
import type { Inventory } from '../../inventory/inventory.ts'
import type { Intent } from '../../model/intent.ts'
import type { PlanDocument, PlannedIntent } from '../../model/plan.ts'
import type { RunOptions } from '../options.ts'
import { VERSION } from '../version.ts'
import { digestOf } from './canonical.ts'
import { type Fingerprinting, fingerprintsOf } from './fingerprint.ts'

export interface PlanParts {
  readonly options: RunOptions
  readonly inventory: Inventory
  readonly planned: readonly Intent[]
  readonly open: PlanDocument['open']
  readonly secrets: readonly string[]
  readonly commit: PlanDocument['commit']
  readonly by: string
  readonly made: string
  /** That of the plan to compare with; a new one unless given. */
  readonly salt?: string
}

/** What came to the door of a plan, as a document. */
export function planDocument(parts: PlanParts): PlanDocument {
  const { options, inventory, planned, open, commit, by, made, salt = randomBytes(16).toString('hex') } = parts
  const fingerprinted = fingerprintsOf(parts.secrets, salt)
  const body = {
    format: 'weft-plan/1' as const,
    weft: VERSION,
    playbooks: [...options.playbooks],
    inventory: [...options.inventory],
    limit: options.limit ?? null,
    tags: [...options.tags],
    skipTags: [...options.skipTags],
    startAtTask: options.startAtTask ?? null,
    commit,
    hosts: hostsOf(inventory, fingerprinted),
    intents: planned.map(intent => plannedIntent(intent, fingerprinted)),
    open: [...open],
  }
  return { ...body, made, by, salt, digest: digestOf(body) }
}

/** An intent as a plan has it. */
export function plannedIntent(intent: Intent, fingerprinted: Fingerprinting): PlannedIntent {
  const { id, task, host, kind, target, title, differences, commands } = intent
  const shown = differences.map(({ id: resource, before, after, disrupts, oneWay }) => ({
    id: resource,
    before,
    after,
    ...(disrupts === undefined ? {} : { disrupts }),
    ...(oneWay === undefined ? {} : { oneWay }),
  }))
  // As it is read back from a file: what JSON has no word for is left out.
  const plain = JSON.parse(JSON.stringify({ title, differences: shown, commands })) as Pick<
    PlannedIntent,
    'title' | 'differences' | 'commands'
  >
  return { id, task, host, kind, target, ...(intent.hidden ? fingerprinted.whole(plain) : fingerprinted(plain)) }
}

function hostsOf(inventory: Inventory, fingerprinted: Fingerprinting): Record<string, string> {
  return Object.fromEntries(
    [...inventory.hosts.values()].map(({ name, groups, variables }) => {
      // Where the inventory lies differs from machine to machine.
      const { inventory_file: _, inventory_dir: __, ...own } = variables
      return [name, digestOf(fingerprinted({ groups, variables: own })).slice(0, 16)]
    }),
  )
}
