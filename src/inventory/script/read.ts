import { type Draft, draftChild, draftGroup, draftHost, type Origin } from '../draft.ts'
import { askScript } from './ask.ts'
import { wrongForm } from './complaint.ts'
import { refuseProgram } from './program.ts'
import type { ScriptAnswer, Scripts } from './scripts.ts'

/** Asks an inventory that is a program, once in a command, and puts its estate into the draft. Throws FailureError (unsafe, failed, invalid). */
export async function readScript(origin: Origin, draft: Draft, scripts: Scripts | undefined): Promise<void> {
  const { file } = origin
  refuseProgram(file, scripts)
  const { told, start } = scripts as Scripts
  const known = told.get(file) ?? askScript(file, start)
  told.set(file, known)
  fill(await known, origin, draft)
}

function fill({ groups, hosts, warnings }: ScriptAnswer, origin: Origin, draft: Draft): void {
  draft.warnings.push(...warnings)
  for (const { name, hosts: members, children, variables } of groups) {
    Object.assign(draftGroup(draft, name).variables, variables)
    for (const host of members) draftHost(draft, host, { group: name, file: origin })
    for (const child of children) addChild(draft, { name, child }, origin.file)
  }
  for (const [name, { values, data }] of hosts) {
    Object.assign(draftHost(draft, name, { file: origin }), values)
    const host = draft.hosts.get(name)
    if (host && data.size > 0) host.data = new Set([...(host.data ?? []), ...data])
  }
}

function addChild(draft: Draft, { name, child }: { name: string; child: string }, file: string): void {
  try {
    draftChild(draft, name, child)
  } catch (error) {
    throw wrongForm(file, (error as Error).message)
  }
}
