import * as fc from 'fast-check'

/** A task that keeps something on one host; `key` says what, so that no two tasks want the same thing otherwise. */
export interface Wanted {
  readonly key: string
  readonly host: 'leaf-a' | 'apic1' | 'blue' | 'node-1'
  readonly task: Readonly<Record<string, unknown>>
}

const slot = fc.nat(3)
const word = fc.constantFrom('a', 'b', 'c')

const switchTasks = fc
  .oneof(
    fc.tuple(slot, word, fc.boolean()).map(([n, text, hasAddress]) => ({
      key: `loopback${n}`,
      parents: [`interface loopback1${n}`],
      lines: [`description ${text}`, ...(hasAddress ? ['vrf member vrf-001', `ip address 192.0.2.${n}/32 tag 5`] : [])],
    })),
    fc.tuple(slot, word).map(([n, text]) => ({
      key: `neighbor${n}`,
      parents: ['router bgp 65102', `neighbor 192.0.2.1${n}`],
      lines: ['remote-as 65531', `description ${text}`],
    })),
    slot.map(n => ({ key: `vlan${n}`, lines: [`vlan 4${n}`] })),
    slot.map(n => ({ key: `list${n}`, lines: [`ip prefix-list p${n} seq 5 permit 10.${n}.0.0/16`] })),
    fc.constantFrom(
      { key: 'router-id', parents: ['router bgp 65102'], lines: ['no router-id 10.0.0.1'] },
      { key: 'router-id', parents: ['router bgp 65102'], lines: ['router-id 10.0.0.9'] },
      { key: 'loopback0', parents: ['interface loopback0'], lines: ['no ip address 10.0.0.1/32'] },
    ),
  )
  .map(({ key, ...args }): Wanted => ({ key, host: 'leaf-a', task: { nxos_config: args } }))

const apicTasks = fc
  .oneof(
    fc.tuple(slot, word).map(([n, descr]) => ({
      key: `ctx${n}`,
      tree: { fvTenant: { name: 'green', fvCtx: { name: `c${n}`, descr } } },
    })),
    fc.tuple(slot, word).map(([n, name]) => ({
      key: `tenant${n}`,
      tree: { fvTenant: { name: `t${n}`, fvBD: { name, fvSubnet: { ip: `10.${n}.0.1/24` } } } },
    })),
    fc.constantFrom(
      { key: 'timers', dn: 'uni/tn-green', tree: { bgpCtxPol: { name: 'timers', kaIntvl: 10, holdIntvl: 30 } } },
      { key: 'timers', dn: 'uni/tn-green', tree: { bgpCtxPol: { name: 'timers' } }, state: 'absent' },
      { key: 'old', dn: 'uni/tn-green', tree: { fvCtx: { name: 'old', descr: 'new' } } },
      { key: 'old', dn: 'uni/tn-green', tree: { fvCtx: { name: 'old' } }, state: 'absent' },
    ),
  )
  .map(({ key, ...args }): Wanted => ({ key, host: 'apic1', task: { apic_tree: args } }))

const configMap = (name: string, a: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data: { a },
})
const kubeTasks = fc
  .oneof(
    fc.tuple(slot, word).map(([n, text]) => ({ key: `map${n}`, definition: configMap(`m${n}`, text) })),
    slot.map(n => ({
      key: `namespace${n}`,
      definition: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `n${n}` } },
    })),
    slot.map(n => ({
      key: `peer${n}`,
      definition: {
        apiVersion: 'projectcalico.org/v3',
        kind: 'BGPPeer',
        metadata: { name: `p${n}` },
        spec: { peerIP: `192.0.2.${n}`, asNumber: 65102 },
      },
    })),
    fc.constantFrom(
      { key: 'old', definition: configMap('old', '2'), force: true },
      { key: 'old', definition: configMap('old', '1'), state: 'absent' },
    ),
  )
  .map(({ key, ...args }): Wanted => ({ key, host: 'blue', task: { k8s: args } }))

const nodeTasks = fc
  .oneof(
    fc
      .tuple(slot, word)
      .map(([n, content]) => ({ key: `f${n}`, copy: { content, dest: `{{ canary }}/f${n}`, mode: '0640' } })),
    word.map(name => ({ key: 'tree', copy: { src: 'tree/', dest: `{{ canary }}/${name}/` } })),
    fc.constant({ key: 'old', template: { src: 'one.j2', dest: '{{ canary }}/old', mode: '0600' } }),
  )
  .map(({ key, ...task }): Wanted => ({ key, host: 'node-1', task }))

const TASKS: Readonly<Record<Wanted['host'], fc.Arbitrary<Wanted>>> = {
  'leaf-a': switchTasks,
  apic1: apicTasks,
  blue: kubeTasks,
  'node-1': nodeTasks,
}

/** Tasks for these hosts, none against another. */
export function wantedTasks(hosts: readonly Wanted['host'][], { most }: { most: number }): fc.Arbitrary<Wanted[]> {
  const all = hosts.map(host => TASKS[host])
  return fc.uniqueArray(fc.oneof(...all), {
    minLength: 1,
    maxLength: most,
    selector: ({ host, key }) => `${host} ${key}`,
  })
}

/** A task of each host that begins well and is refused in its middle (test/scenario/there-and-back.test.ts lets the devices do so). */
export const REFUSED: Readonly<Record<Wanted['host'], Wanted['task']>> = {
  'leaf-a': {
    nxos_config: { parents: ['interface loopback99'], lines: ['ip address 192.0.2.99/32', 'description bad'] },
  },
  apic1: {
    apic_tree: {
      tree: {
        fvTenant: [
          { name: 'begun', fvCtx: { name: 'x' } },
          { name: 'green', fvCtx: { name: 'bad', descr: 'not [allowed] here' } },
        ],
      },
    },
  },
  blue: { k8s: { definition: [configMap('begun', '1'), configMap('bad', '1')] } },
  'node-1': { copy: { src: 'refused/', dest: '{{ canary }}/', validate: 'grep -q good %s' } },
}
