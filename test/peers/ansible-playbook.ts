import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Estate } from '../../src/lab/estate/estate.ts'
import { type Answer, program } from './program.ts'

/** Runs ansible-playbook against a lab, with a home of its own: it keeps host keys, sockets and temporary files there. */
export function ansiblePlaybook(playbook: string, { lab, limit }: { lab: Estate; limit: string }): Promise<Answer> {
  return program('ansible-playbook', [playbook, '-i', 'inventory', '-i', lab.inventory, '--limit', limit], {
    environment: {
      HOME: mkdtempSync(join(tmpdir(), 'weft-home-')),
      ANSIBLE_HOST_KEY_CHECKING: 'False',
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_LOCALHOST_WARNING: 'False',
    },
  })
}

/** The counts of a host in the recap at the end: ok, changed, failed … */
export function recapOf(host: string, { text }: Answer): Record<string, number> {
  const line = text.split('\n').findLast(each => each.startsWith(`${host} `)) ?? ''
  return Object.fromEntries([...line.matchAll(/(\w+)=(\d+)/g)].map(([, name, count]) => [name, Number(count)]))
}
