import { printCli } from '../../src/diff/cli/tree.ts'
import { nxosConfig } from '../../src/modules/nxos/nxos-config.ts'
import { closeAll, device, leaf } from '../support/nxos.ts'
import { canary, resourceContract } from './resource-contract.ts'

const cases = [
  {
    title: 'a new interface',
    args: {
      parents: ['interface loopback1002'],
      lines: ['description BGP', 'vrf member vrf-001', 'ip address 192.168.100.1/32 tag 6789'],
    },
  },
  { title: 'a singleton changes its value', args: { parents: ['router bgp 65102'], lines: ['router-id 10.9.9.9'] } },
  {
    title: 'a peer with its address family, four contexts deep',
    args: {
      parents: ['router bgp 65102', 'vrf vrf-001', 'neighbor 192.168.1.11', 'address-family ipv4 unicast'],
      lines: ['as-override', 'disable-peer-as-check'],
    },
  },
  {
    title: 'a template with a password',
    args: { parents: ['router bgp 65102', 'template peer K8S'], lines: ['remote-as 65531', `password ${canary}`] },
  },
  { title: 'a line that must not be there', args: { parents: ['router bgp 65102'], lines: ['no router-id'] } },
  { title: 'top-level lines', args: { lines: ['ip prefix-list out seq 5 permit 10.0.0.0/8 le 32', 'vlan 42'] } },
]

await resourceContract(nxosConfig, {
  lab: async () => {
    const { lab, endpoint } = await leaf()
    return {
      open: async () => (await device(endpoint)).device,
      state: () => printCli(lab.running()),
      close: closeAll,
    }
  },
  cases,
})
