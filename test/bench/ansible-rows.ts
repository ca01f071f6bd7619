import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApic } from '../../src/lab/apic/apic.ts'
import { has } from '../peers/program.ts'
import { apicWords, login } from './apic-rows.ts'
import { apicTasks, restContent } from './apic-work.ts'
import { startFleet } from './fleet.ts'
import { type Measured, measure, weft } from './measure.ts'
import { writeNxosPlaybook } from './nxos-work.ts'
import { duration, type Row, shown } from './row.ts'

const SWITCHES = 8
const LIMIT_SECONDS = 300

/** The same work by ansible-playbook with cisco.nxos and cisco.aci, each on a lab of its own that starts alike. */
export async function ansibleRows(): Promise<Row[]> {
  if (!has('ansible-playbook')) {
    return [shown('the same work by ansible-playbook', 'left out: not installed (Debian: apt-get install ansible)')]
  }
  return [...(await nxosRows()), ...(await aciRows())]
}

async function nxosRows(): Promise<Row[]> {
  const [ours, theirs] = await Promise.all([
    startFleet(SWITCHES, { latencyMs: 20 }),
    startFleet(SWITCHES, { latencyMs: 20 }),
  ])
  const rows: Row[] = []
  try {
    for (const what of ['first run', 'in sync']) {
      const mine = await weft(['run', writeNxosPlaybook(ours.folder), '-i', ours.inventory])
      const other = await ansible([
        writeNxosPlaybook(theirs.folder),
        '-i',
        theirs.inventory,
        '--forks',
        String(SWITCHES),
      ])
      rows.push(ratioRow(`${SWITCHES} switches, 12 tasks, ${what}, against ansible-playbook`, mine, other))
    }
    return rows
  } finally {
    ours.close()
    theirs.close()
  }
}

async function aciRows(): Promise<Row[]> {
  const users = { [login.user]: login.password }
  const labs = await Promise.all([startApic({ name: 'apic-1', users }), startApic({ name: 'apic-1', users })])
  const [ours, theirs] = labs
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  const rows: Row[] = []
  try {
    const playbook = writeRestPlaybook(folder, theirs.port)
    for (const what of ['first run', 'in sync']) {
      const mine = await weft(apicWords(folder, ours, 'run'))
      const other = await ansible([playbook, '-i', 'localhost,'])
      rows.push(ratioRow(`APIC, 60 objects in 12 tasks, ${what}, against ansible-playbook`, mine, other))
    }
    return rows
  } finally {
    await Promise.all(labs.map(lab => lab.close()))
    rmSync(folder, { recursive: true })
  }
}

function writeRestPlaybook(folder: string, port: number): string {
  const file = join(folder, 'rest.yml')
  const tasks = apicTasks().map(({ dn, tree }) => ({
    'cisco.aci.aci_rest': {
      host: '127.0.0.1',
      port,
      username: login.user,
      password: login.password,
      validate_certs: false,
      path: `/api/mo/${dn}.json`,
      method: 'post',
      content: restContent(tree),
    },
  }))
  // cisco.aci runs on this machine, under the interpreter that Debian's ansible has its libraries for.
  const vars = { ansible_connection: 'local', ansible_python_interpreter: '/usr/bin/python3' }
  writeFileSync(file, JSON.stringify([{ hosts: 'all', gather_facts: false, vars, tasks }]))
  return file
}

function ansible(words: readonly string[]): Promise<Measured> {
  const environment = { ANSIBLE_HOST_KEY_CHECKING: 'False', ANSIBLE_NOCOLOR: '1', ANSIBLE_LOCALHOST_WARNING: 'False' }
  return measure('ansible-playbook', words, { environment, limitSeconds: LIMIT_SECONDS })
}

function ratioRow(what: string, ours: Measured, theirs: Measured): Row {
  if (theirs.code === null)
    return shown(what, `weft ${duration(ours.milliseconds)}; ansible-playbook not done in ${LIMIT_SECONDS} s`)
  if (theirs.code !== 0)
    return shown(what, `weft ${duration(ours.milliseconds)}; ansible-playbook failed: ${lastWords(theirs.tail)}`)
  const ratio = theirs.milliseconds / ours.milliseconds
  return shown(
    what,
    `${ratio.toFixed(1)} × faster (${duration(ours.milliseconds)} to ${duration(theirs.milliseconds)})`,
  )
}

function lastWords(tail: string): string {
  return (/fatal: .*/.exec(tail)?.[0] ?? tail.trim().split('\n').at(-1) ?? '').slice(0, 80)
}
