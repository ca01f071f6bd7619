import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { load } from 'js-yaml'
import type { Trace } from './normal.ts'

/** One start of a runner on the files of a case, and what ansible-playbook did with them. */
export interface CaseRun {
  readonly name: string
  readonly playbooks: readonly string[]
  readonly inventories: readonly string[]
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Hosts go through a play at their own pace: only each host's own order counts. */
  readonly perHost: boolean
  readonly expected: Trace & { readonly exit: number }
}

export interface Case {
  readonly name: string
  readonly folder: string
  readonly runs: readonly CaseRun[]
}

interface Written {
  readonly name?: string
  readonly playbook?: string | string[]
  readonly inventory?: string | string[]
  readonly args?: unknown[]
  readonly env?: Record<string, unknown>
  readonly compare?: string
}

/** The cases below a folder, in order of name: a case.yml that says how to start, and an expected.json, recorded. */
export function casesIn(folder: string): Case[] {
  return readdirSync(folder)
    .filter(name => existsSync(join(folder, name, 'case.yml')))
    .toSorted()
    .map(name => readCase(join(folder, name)))
}

function readCase(folder: string): Case {
  const { runs, ...all } = load(readFileSync(join(folder, 'case.yml'), 'utf8')) as Written & { runs?: Written[] }
  const recorded = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')).runs
  const each = (runs ?? [{}]).map(own => runOf(folder, { name: 'default', ...all, ...own }, recorded))
  return { name: basename(folder), folder, runs: each }
}

function runOf(folder: string, written: Written & { name: string }, recorded: Record<string, unknown>): CaseRun {
  const { name } = written
  return {
    name,
    playbooks: list(written.playbook ?? 'playbook.yml'),
    inventories: list(written.inventory ?? usualInventory(folder)),
    args: (written.args ?? []).map(String),
    environment: Object.fromEntries(Object.entries(written.env ?? {}).map(([key, value]) => [key, String(value)])),
    perHost: written.compare === 'per-host',
    expected: recorded[name] as CaseRun['expected'],
  }
}

function usualInventory(folder: string): string[] {
  return ['inventory.yml', 'hosts.ini', 'inventory'].filter(name => existsSync(join(folder, name))).slice(0, 1)
}

function list(value: string | string[]): string[] {
  return Array.isArray(value) ? value : [value]
}
