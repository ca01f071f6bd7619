import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Device } from '../../model/device.ts'
import { toFailure } from '../../model/failure.ts'
import type { Host } from '../../model/host.ts'
import type { Kind } from '../../model/kind.ts'
import { type Scope, writtenScope } from '../../model/scope.ts'
import type { Variables } from '../../model/value.ts'
import { inventoryOf } from '../inventory-of.ts'
import type { Wires } from '../wires.ts'
import type { Check } from './doctor-machine.ts'

const hostsAtATime = 20

/** Which hosts, as the command line says it. */
export interface HostsAsked {
  readonly inventory?: string[]
  readonly limit?: string
  readonly extraVars?: string[]
}

/** Opens every host of a known kind and asks it one small question; `show` is called as answers come. */
export async function checkHosts({
  options,
  wires,
  show,
}: {
  options: HostsAsked
  wires: Wires
  show: (check: Check) => void
}): Promise<void> {
  const [{ matchHosts, refuseEmptyLimit }, createTemplar, parseExtraVars] = await Promise.all([
    wires.inventory(),
    wires.templar(),
    wires.extraVars(),
  ])
  const inventory = await inventoryOf(options.inventory, wires)
  refuseEmptyLimit(inventory, options.limit)
  const extra = parseExtraVars(options.extraVars ?? [], wires.folder)
  const templar = createTemplar({})
  const names = matchHosts(inventory, 'all', options.limit)
  const waiting = names.flatMap(name => inventory.hosts.get(name) ?? [])
  const worker = async () => {
    for (let host = waiting.shift(); host; host = waiting.shift()) {
      const variables = writtenScope({ inventory_hostname: host.name, ...host.variables, ...extra })
      show(await checkHost({ host, wires, render: pattern => renderOnly(pattern, variables, templar) }))
    }
  }
  await Promise.all(Array.from({ length: hostsAtATime }, worker))
}

async function checkHost({
  host,
  wires,
  render,
}: {
  host: Host
  wires: Wires
  render: (names: RegExp) => Variables
}): Promise<Check> {
  try {
    const { endpointOf, platformOf } = await wires.endpoint()
    const variables = render(/^(ansible|weft)_/)
    const platform = platformOf(host.name, variables) ?? 'linux'
    if (platform === 'local') return { about: host.name, state: 'ok', found: 'this machine' }
    const { open } = await wires.doors()
    const endpoint = endpointOf(host.name, variables, platform)
    if (endpoint.platform === 'local') return { about: host.name, state: 'ok', found: 'this machine' }
    const { repositoryOf } = await wires.settings()
    // Doctor looks; like a plan of the strictest settings it starts nothing of the repository's.
    const guard = { roots: [realpathSync(repositoryOf(join(wires.folder, 'inventory')))], mayStart: () => false }
    const common = { endpoint, run: 'doctor', progress: () => {}, signal: AbortSignal.timeout(30_000), guard }
    const device = await (open[platform] as (options: typeof common) => Promise<Device>)(common)
    const found = await question(device).finally(() => device.release())
    return { about: host.name, state: 'ok', found: `${platform} ${found}` }
  } catch (error) {
    const failure = toFailure(error)
    return {
      about: host.name,
      state: 'bad',
      found: `${failure.code}: ${failure.message}`,
      ...(failure.remedy ? { remedy: failure.remedy } : {}),
    }
  }
}

/** One read that needs a login and little else. */
async function question(device: Device): Promise<string> {
  const questions: { [K in Kind]: (device: Device<K>) => Promise<string> } = {
    nxos: async ({ read }) => `answers as ${(await read.show('show hostname')).trim()}`,
    apic: async ({ read }) => {
      const nodes = await read.get('/api/class/fabricNode.json')
      return `answers, ${nodes.length} fabric nodes`
    },
    kube: async ({ read }) => {
      const nodes = await read.list({ apiVersion: 'v1', kind: 'Node' })
      return `answers, ${nodes.length} nodes`
    },
    linux: async ({ read }) => ((await read.stat('/')) ? 'answers' : 'has no root folder'),
  }
  return (questions[device.kind] as (device: Device) => Promise<string>)(device)
}

function renderOnly(
  names: RegExp,
  variables: Scope,
  templar: { valuesOf: (names: readonly string[], scope: Scope) => Variables },
): Variables {
  return templar.valuesOf(
    Object.keys(variables.values).filter(name => names.test(name)),
    variables,
  )
}
