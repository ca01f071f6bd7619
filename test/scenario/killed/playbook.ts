/**
 * Writes to each kind, in several bunches (a debug ends a bunch). All names hold `round`, so that every round begins with nothing of its own on one lab.
 */
export const PLAYBOOKS = {
  'nxos.yml': `- hosts: leaf-a
  gather_facts: false
  tasks:
    - name: VLANs
      nxos_config: {parents: 'vlan {{ 100 + round }}', lines: ['name round-{{ round }}']}
    - name: Loopback
      nxos_config:
        parents: 'interface loopback{{ 100 + round }}'
        lines: ['description round {{ round }}', 'ip address 192.0.2.{{ round }}/32']
    - name: Filter
      nxos_config:
        lines:
          - 'ip prefix-list r{{ round }} seq 5 permit 10.{{ round }}.0.0/24'
          - 'ip prefix-list r{{ round }} seq 10 permit 10.{{ round }}.1.0/24'
          - 'ip prefix-list r{{ round }} seq 15 permit 10.{{ round }}.2.0/24'
    - debug: {msg: between}
    - name: Described anew
      nxos_config: {parents: 'interface loopback{{ 100 + round }}', lines: ['description again {{ round }}']}
    - name: Session
      nxos_config:
        parents: [router bgp 65102, 'neighbor 192.0.2.{{ round }}']
        lines: [remote-as 65531, 'description round {{ round }}', 'password {{ bgp_password }}']
`,
  'apic.yml': `- hosts: apic-1
  gather_facts: false
  tasks:
    - name: Tenant
      apic_tree: {dn: uni, tree: {fvTenant: {name: 'round-{{ round }}', descr: first}}}
    - name: VRFs
      apic_tree:
        dn: 'uni/tn-round-{{ round }}'
        tree: {fvCtx: [{name: one}, {name: two}, {name: three}]}
    - debug: {msg: between}
    - name: Tenant again
      apic_tree: {dn: uni, tree: {fvTenant: {name: 'round-{{ round }}', descr: second}}}
    - debug: {msg: between}
    - name: Timers
      apic_tree:
        dn: 'uni/tn-round-{{ round }}'
        tree: {bgpCtxPol: {name: timers, kaIntvl: 10, holdIntvl: 30}}
`,
  'kube.yml': `- hosts: blue
  gather_facts: false
  tasks:
    - name: Namespace
      k8s: {definition: {apiVersion: v1, kind: Namespace, metadata: {name: 'round-{{ round }}'}}}
    - name: Settings
      k8s:
        definition:
          - {apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: 'round-{{ round }}'}, data: {a: 'r{{ round }}'}}
          - {apiVersion: v1, kind: ConfigMap, metadata: {name: two, namespace: 'round-{{ round }}'}, data: {a: 'r{{ round }}'}}
    - debug: {msg: between}
    - name: Settings again
      k8s:
        definition: {apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: 'round-{{ round }}'}, data: {a: again}}
`,
} as const
