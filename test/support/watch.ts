import { createHash } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { kubectlProgram } from './where.ts'
import type { WholeLab } from './whole-lab.ts'

/** Stands in the words of every process that a random playbook would start, so that one that is started is known. */
export const PROCESS = 'canary-process'

const WEFT = new URL('../../bin/weft.js', import.meta.url).pathname

export interface Watch {
  /** What was written, started or asked since then, a line for each; empty = nothing. */
  seen(): string[]
  end(): void
}

const READS_OF_KUBE = new Set(['get', 'list', 'watch', 'discovery'])
/** What weft types to set up a session, and what only looks. */
const LOOKS = /^\s*(terminal |show\b|sh\b|dir\b|ping\b|exit$|$)/

/** The lab's own counters, a folder's files and the processes of this process as the judges. */
export function watch(lab: WholeLab, folder: string): Watch {
  const started: string[] = []
  const listener = (message: unknown) => {
    const { process: child } = message as { process: { spawnfile?: string; spawnargs?: string[] } }
    // The channel tells of a process before it has its words.
    setImmediate(() => started.push((child.spawnargs ?? [child.spawnfile ?? '']).join(' ')))
  }
  subscribe('child_process', listener)
  const changed: string[] = []
  const { leaf, apic, cluster, node, web } = lab
  const stops = [
    leaf.onChange(() => changed.push('the running-config of the switch changed')),
    apic.onChange(effects => changed.push(...effects.map(({ status, dn }) => `apic: ${status} ${dn}`))),
    cluster?.onChange(({ type, object }) => changed.push(`kube: ${type} ${object.kind} ${object.metadata.name}`)),
  ]
  const before = { ...standing(lab), files: treeOf(folder) }
  const marks = { typed: leaf.counters.commands, asked: web.asked.length, commands: node.seen.commands.length }
  return {
    seen() {
      const now = standing(lab)
      const typed = leaf.counters.commands - marks.typed
      const wrote = typed === 0 ? [] : leaf.typed.slice(-typed).filter(line => !LOOKS.test(line))
      return [
        ...changed,
        ...wrote.map(line => `typed on the switch: ${line}`),
        ...differing(before.counters, now.counters),
        ...(before.switch === now.switch ? [] : ['the switch is not as it was']),
        ...differing(before.files, treeOf(folder)).map(line => `file ${line}`),
        ...web.asked.slice(marks.asked).map(line => `the web server was asked ${line}`),
        ...node.seen.commands
          .slice(marks.commands)
          .filter(isNoRead)
          .map(line => `run on the node: ${line}`),
        ...started.filter(words => !mayStart(words, node.seen.commands)).map(words => `started here: ${words}`),
      ]
    },
    end() {
      unsubscribe('child_process', listener)
      for (const stop of stops) stop?.()
    },
  }
}

function standing({ leaf, apic, cluster }: WholeLab) {
  const verbs = Object.entries(cluster?.counters.byVerb ?? {}).filter(([verb]) => !READS_OF_KUBE.has(verb))
  return {
    switch: [leaf.runningText(), leaf.startupText(), ...leaf.checkpoints()].join('\n'),
    counters: {
      'apic posts': String(apic.counters.posts),
      'apic deletes': String(apic.counters.deletes),
      // A server-side dry run is a patch that stores nothing: the store itself tells of those that do.
      ...Object.fromEntries(
        verbs.filter(([verb]) => verb !== 'patch').map(([verb, times]) => [`kube ${verb}`, String(times)]),
      ),
    } as Record<string, string>,
  }
}

/** Each path of a folder with kind, rights, time and content. */
export function treeOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    ['.', ...paths].map(path => {
      const full = join(folder, path)
      const { mode, mtimeMs } = lstatSync(full)
      const isFile = lstatSync(full).isFile()
      const content = isFile ? createHash('sha256').update(readFileSync(full)).digest('hex') : ''
      return [path, `${mode.toString(8)} ${mtimeMs} ${content}`]
    }),
  )
}

export function differing(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return names.filter(name => before[name] !== now[name]).map(name => `${name}: ${before[name]} → ${now[name]}`)
}

/** A path in a question may hold anything; a process that a playbook names has the canary's word in it. */
function isNoRead(command: string): boolean {
  return command.includes(PROCESS)
}

/** weft itself, kubectl, the question after Python's release, and what the test's own node runs. */
function mayStart(words: string, onNode: readonly string[]): boolean {
  if (words.includes(PROCESS)) return false
  const program = words.replace(/^\S*bash -c set -euo pipefail;exec /, '').split(' ')[0] ?? ''
  if (program === kubectlProgram() || words === 'python3 --version' || words.includes(WEFT)) return true
  return onNode.some(command => words === `/bin/sh -c ${command}`)
}
