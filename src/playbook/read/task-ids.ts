import { relative } from 'node:path'
import type { Position } from '../../model/position.ts'

/**
 * Names steps by where they are written, so that a task has the same id in every process and on every machine: 'site.yml:12'; a line of
 * another file 'tasks/bgp.yml:7', seen from the playbook's folder; where a line is read more than once (imported twice) the later ones
 * are told apart, in the order of reading: 'tasks/bgp.yml:7~2'.
 * @param within what the reading belongs to, when that is not a whole playbook: the including task's id
 */
export function taskIds(folder: string, within = ''): (at: Position) => string {
  const seen = new Map<string, number>()
  return ({ file, line }) => {
    const place = `${within}${relative(folder, file)}:${line}`
    const time = (seen.get(place) ?? 0) + 1
    seen.set(place, time)
    return time === 1 ? place : `${place}~${time}`
  }
}
