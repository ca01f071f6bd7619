import { basename } from 'node:path'
import { platformOf } from '../../connection/endpoint.ts'
import type { Play, Step } from '../../model/play.ts'
import { resolveModule } from '../../playbook/read/actions.ts'
import type { Run } from '../state.ts'
import { inventoryVariables } from '../variables/variables.ts'
import { madeBlock, madeTask } from './made-task.ts'

/** The steps of a play in the order in which Ansible runs them; the handlers notified so far run after each section. */
export function sectionsOf(play: Play, { gathers, forced }: { gathers: boolean; forced: boolean }): Step[] {
  const sections = { pre: play.preTasks, tasks: play.tasks, post: play.postTasks }
  const steps = Object.entries(sections).flatMap(([name, tasks]): Step[] => {
    const id = `${basename(play.at.file)}:${play.at.line}:${name}`
    const flush = madeTask(play, { id: `${id}:flush`, name: null, action: 'meta', args: { action: 'flush_handlers' } })
    return forced ? [madeBlock(play, { id, tasks, always: [flush] })] : [...tasks, flush]
  })
  if (!gathers) return steps
  const id = `${basename(play.at.file)}:${play.at.line}:facts`
  return [madeTask(play, { id, name: 'Gathering Facts', action: 'setup', args: null }), ...steps]
}

/** Facts are gathered where they can be: on this machine. For a device it would be noise; its facts are nxos_facts and the like. */
export async function gathersFacts(run: Run, play: Play, hosts: readonly string[]): Promise<boolean> {
  const wanted = play.gatherFacts
  if (wanted === false || (typeof wanted === 'string' && /^(no|false|off|0)$/i.test(wanted))) return false
  if (hosts.length === 0 || !hosts.every(host => isLocal(run, play, host))) return false
  return (await resolveModule(run.doors.modules, 'setup')?.load()) !== undefined
}

function isLocal(run: Run, play: Play, host: string): boolean {
  const variables = { ...play.connection, ...inventoryVariables(run, host) }
  if (String(variables.ansible_connection).includes('{{')) return false
  return variables.ansible_connection === 'local' && platformOf(host, variables) === 'local'
}
