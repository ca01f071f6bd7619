import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startApic } from '../../src/lab/apic/apic.ts'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

const test = suite('an APIC that refuses one object of many')

const play = `- hosts: apics
  gather_facts: false
  tasks:
    - name: VRFs
      apic_tree:
        dn: uni/tn-k8s
        tree: { fvCtx: [{ name: a }, { name: b }] }

    - name: More VRFs
      apic_tree:
        dn: uni/tn-k8s
        tree:
          fvCtx:
            - { name: c }
            - { name: d, descr: "not [allowed] here" }

    - name: The last VRF
      apic_tree:
        dn: uni/tn-k8s
        tree: { fvCtx: { name: e } }
`

test('the report names the object, the APIC words and the line of the task in the playbook', async () => {
  const lab = await startApic({
    name: 'apic-1',
    users: { admin: 'Canary-Login-1' },
    start: { fvTenant: { attributes: { name: 'k8s' } } },
  })
  try {
    const folder = folderOf({ 'play.yml': play })
    writeFileSync(join(folder, 'ca.pem'), lab.ca)
    const reach = {
      ansible_host: '127.0.0.1',
      ansible_port: lab.port,
      ansible_user: 'admin',
      ansible_password: 'Canary-Login-1',
      ansible_network_os: 'cisco.aci.aci',
      weft_ca: join(folder, 'ca.pem'),
    }
    const inventory = { all: { children: { apics: { hosts: { 'apic-1': reach } } } } }
    writeFileSync(join(folder, 'hosts.yml'), JSON.stringify(inventory))
    const { code, out, err } = await weft(['run', 'play.yml', '-i', 'hosts.yml'], { folder })
    assert.is(code, 1, out + err)
    assert.match(out, 'The APIC refused to write uni/tn-k8s/ctx-d (fvCtx).')
    assert.match(out, 'play.yml:9')
    assert.match(out, 'descr')
    assert.match(out, 'undone')
    assert.match(out, '--start-at-task')
    assert.not.match(out + err, 'Canary-Login-1')
    const made = [...lab.objects().keys()].filter(dn => /^uni\/tn-k8s\/ctx-.$/.test(dn))
    assert.equal(made, ['uni/tn-k8s/ctx-a', 'uni/tn-k8s/ctx-b'])
  } finally {
    await lab.close()
  }
})

test.run()
