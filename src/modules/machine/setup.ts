import { execFile } from 'node:child_process'
import { arch, cpus, hostname, release, totalmem, userInfo } from 'node:os'
import { promisify } from 'node:util'
import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import type { Value, Variables } from '../../model/value.ts'
import { number, text, texts } from '../argument.ts'

const Args = z.strictObject({
  gather_subset: texts.optional().describe('Accepted; the facts are few anyway.'),
  gather_timeout: number.optional(),
  filter: texts.optional(),
  fact_path: text.optional(),
})
type Args = z.infer<typeof Args>

/** Facts of this machine; those of devices come from nxos_facts and the like. */
export const setup: ActionModule<Args> = {
  name: 'setup',
  aliases: ['gather_facts'],
  summary: 'Gathers facts of the machine that weft runs on',
  args: Args,
  changes: false,
  onHost: true,
  examples: [{ title: 'By hand', yaml: 'setup:' }],
  returns: { ansible_facts: 'system, hostname, architecture, date_time, …' },
  async run(_context, args) {
    const subset = args.gather_subset ?? ['all']
    const wanted = !subset.includes('!all') || !subset.includes('!min')
    const facts: Variables = { gather_subset: subset, module_setup: true, ...(wanted ? await gather() : {}) }
    const named = Object.fromEntries(Object.entries(facts).map(([name, value]) => [`ansible_${name}`, value]))
    return { values: { ansible_facts: named }, effects: { gathered: facts } }
  },
}

async function gather(): Promise<Variables> {
  const now = new Date()
  const system = process.platform === 'linux' ? 'Linux' : process.platform === 'darwin' ? 'Darwin' : process.platform
  return {
    system,
    os_family: system,
    hostname: hostname().split('.')[0] ?? hostname(),
    nodename: hostname(),
    fqdn: hostname(),
    kernel: release(),
    architecture: arch() === 'x64' ? 'x86_64' : arch(),
    processor_vcpus: cpus().length,
    memtotal_mb: Math.round(totalmem() / 1048576),
    user_id: userName(),
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => /^(HOME|USER|LANG|TZ|PATH|PWD|SHELL)$/.test(name)),
    ) as Value,
    date_time: {
      iso8601: now.toISOString(),
      date: now.toISOString().slice(0, 10),
      epoch: String(Math.floor(now.getTime() / 1000)),
    },
    ...(await pythonFacts()),
  }
}

/** A container may run as a user whom /etc/passwd does not know. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}

async function pythonFacts(): Promise<Variables> {
  try {
    const { stdout } = await promisify(execFile)('python3', ['--version'])
    const [major = 3, minor = 0, micro = 0] = (stdout.match(/\d+/g) ?? []).map(Number)
    return { python: { version: { major, minor, micro } }, python_version: `${major}.${minor}.${micro}` }
  } catch {
    return {}
  }
}
