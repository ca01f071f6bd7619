import type { NxosRead } from '../../model/nxos.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { parseShowJson, rowsOf } from './show-json.ts'

type Facts = Readonly<Record<string, Value>>

interface FactSubset {
  /** The command is refused where a feature is off. */
  readonly optional?: boolean
  gather(read: NxosRead): Promise<Facts>
}

/** What can be gathered, by the name in gather_subset; names of the facts are those of cisco.nxos. */
export const FACT_SUBSETS: Readonly<Record<string, FactSubset>> = {
  default: {
    gather: async read => {
      const version = mapping(await json(read, 'show version'))
      return {
        version: version.nxos_ver_str ?? version.sys_ver_str ?? version.kickstart_ver_str ?? null,
        image: version.nxos_file_name ?? version.isan_file_name ?? version.kick_file_name ?? null,
        model: String(version.chassis_id ?? '').replace(/ [Cc]hassis\b.*$/, ''),
        platform: modelNumber(String(version.chassis_id ?? '')),
        serialnum: version.proc_board_id ?? null,
        hostname: version.host_name ?? null,
      }
    },
  },
  hardware: {
    gather: async read => {
      const version = mapping(await json(read, 'show version'))
      return {
        memtotal_mb: Math.floor(Number(version.memory ?? 0) / 1024),
        bootflash_kb: Number(version.bootflash_size ?? 0),
      }
    },
  },
  features: { gather: async read => ({ features_enabled: enabledFeatures(await read.show('show feature')) }) },
  interfaces: { gather: async read => interfaceFacts(await json(read, 'show interface')) },
  vpc: { optional: true, gather: async read => ({ vpc: vpcFacts(mapping(await json(read, 'show vpc'))) }) },
  config: { gather: async read => ({ config: await read.show('show running-config') }) },
}

/** The subsets that gather_subset asks for; 'default' is always among them. */
export function factSubsets(asked: readonly string[]): string[] {
  const every = Object.keys(FACT_SUBSETS)
  const left = new Set(asked.filter(name => name.startsWith('!')).map(name => name.slice(1)))
  const named = asked.filter(name => !name.startsWith('!'))
  const minimal = left.has('all') || (named.length > 0 && !named.includes('all'))
  return every.filter(name => name === 'default' || (!left.has(name) && (minimal ? named.includes(name) : true)))
}

async function json(read: NxosRead, command: string): Promise<Value> {
  return parseShowJson(command, await read.show(`${command} | json`))
}

function mapping(value: Value): Readonly<Record<string, Value>> {
  return isMapping(value) ? value : {}
}

function modelNumber(chassis: string): string {
  return /\b(C\d{4}\S*|N\dK-\S+)/.exec(chassis)?.[1] ?? chassis.trim()
}

/** `show feature` has one line per instance of a feature: 'ospf  2  enabled(not-running)'. */
function enabledFeatures(text: string): string[] {
  const names = text.split('\n').flatMap(line => /^(\S+)\s+\d+\s+enabled/.exec(line.trim())?.[1] ?? [])
  return [...new Set(names)]
}

function interfaceFacts(answer: Value): Facts {
  const rows = rowsOf(answer, 'interface')
  const interfaces = Object.fromEntries(rows.map(row => [String(row.interface), interfaceFact(row)]))
  const addresses = (family: 'ipv4' | 'ipv6') =>
    Object.values(interfaces).flatMap(entry => (entry[family]?.address ? [entry[family].address] : []))
  return { interfaces, all_ipv4_addresses: addresses('ipv4'), all_ipv6_addresses: addresses('ipv6') }
}

/** Physical interfaces prefix their keys with eth_, SVIs with svi_, loopbacks with eth_ or nothing. */
function interfaceFact(row: Readonly<Record<string, Value>>) {
  const first = (...keys: string[]) => keys.map(key => row[key]).find(value => value !== undefined) ?? null
  const address = first('eth_ip_addr', 'svi_ip_addr', 'ip_addr')
  return {
    state: first('state', 'svi_line_proto'),
    admin_state: first('admin_state', 'svi_admin_state'),
    description: first('desc', 'svi_desc'),
    macaddress: first('eth_hw_addr', 'svi_mac'),
    mtu: first('eth_mtu', 'svi_mtu'),
    bandwidth: first('eth_bw', 'svi_bw'),
    duplex: first('eth_duplex'),
    speed: first('eth_speed'),
    mode: first('eth_mode'),
    ...(address === null
      ? {}
      : { ipv4: { address: String(address), masklen: Number(first('eth_ip_mask', 'svi_ip_mask', 'ip_mask') ?? 32) } }),
  } as Record<string, Value> & { ipv4?: { address: string; masklen: number }; ipv6?: { address: string } }
}

function vpcFacts(vpc: Readonly<Record<string, Value>>): Value {
  const scalars = Object.entries(vpc).filter(([name]) => name.startsWith('vpc-') && !name.endsWith('-hdr'))
  const facts = Object.fromEntries(scalars.map(([name, value]) => [name.slice(4).replaceAll('-', '_'), value]))
  const peerLink = rowsOf(vpc, 'peerlink')[0]
  return {
    ...facts,
    peer_link: peerLink
      ? { interface: peerLink['peerlink-ifindex'] ?? null, up: String(peerLink['peer-link-port-state']) === '1' }
      : null,
    vpcs: rowsOf(vpc, 'vpc').map(row => ({
      id: Number(row['vpc-id']),
      interface: row['vpc-ifindex'] ?? null,
      up: String(row['vpc-port-state']) === '1',
      consistency: row['vpc-consistency'] ?? null,
    })),
  }
}
