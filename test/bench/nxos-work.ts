import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The variables that tasks/nxos want, as group_vars of the demo have them. */
const variables = {
  bgp_password: 'weft-bench-bgp',
  cluster: {
    name: 'blue',
    asn: 65531,
    timers: { keepalive: 10, hold: 30 },
    subnets: { gateway: { ipv4: '192.168.1.1/24', ipv6: '2001:db8:1:1::1/64' } },
  },
  fabric: {
    asn: 65102,
    vrf: 'vrf-001',
    vrf_vni: 90001,
    vlan: 3001,
    vlan_vni: 33001,
    loopback: 1002,
    maximum_paths: 64,
  },
}

/** Six tasks of the tenant, the loopback, the gateway, four of BGP: twelve nxos_config tasks, some of them loops. */
const files = ['tenant', 'loopback', 'gateway', 'bgp']

/** Writes a playbook of the project's own NX-OS tasks into a folder; answers its path. */
export function writeNxosPlaybook(folder: string): string {
  const file = join(folder, 'leaves.yml')
  const tasks = files.map(name => ({
    import_tasks: new URL(`../../tasks/nxos/${name}.yml`, import.meta.url).pathname,
  }))
  writeFileSync(file, JSON.stringify([{ hosts: 'all', gather_facts: false, vars: variables, tasks }]))
  return file
}
