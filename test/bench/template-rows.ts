import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { weftPeak } from './measure.ts'
import { duration, judged, type Row } from './row.ts'

const HOSTS = 10_000
const SECONDS = 2.6
const MEGABYTES = 207

/** Twenty lines, as a leaf's configuration is made of: loops, conditions, filters, values of the host's own. */
const TEMPLATE = `hostname {{ inventory_hostname }}
{% for vlan in vlans %}
vlan {{ vlan.id }}
  name {{ vlan.name | upper }}
{% endfor %}
{% for port in ports if port.enabled %}
interface {{ port.name }}
  description {{ port.description | default('to ' ~ port.name) }}
{% if port.vlan is defined %}
  switchport access vlan {{ port.vlan }}
{% else %}
  no switchport
  mtu {{ mtu - 100 }}
{% endif %}
{% if not loop.last %}
!
{% endif %}
{% endfor %}
{% set asn = fabric.asn + 1 %}
router bgp {{ asn }}
  router-id 10.0.{{ inventory_hostname[-3:] | int // 16 }}.{{ inventory_hostname[-2:] | int }}
`

const vlans = Array.from({ length: 8 }, (_, index) => ({ id: 10 + index, name: `web-${index}` }))
const ports = Array.from({ length: 8 }, (_, index) => ({
  name: `Ethernet1/${index + 1}`,
  enabled: index !== 3,
  ...(index % 2 === 0 ? { vlan: 10 + index } : { description: `spine ${index}` }),
}))

/** One template for many hosts: what the expression language costs. */
export async function templateRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  try {
    mkdirSync(join(folder, 'templates'))
    writeFileSync(join(folder, 'templates/leaf.j2'), TEMPLATE)
    const playbook = join(folder, 'site.yml')
    writeFileSync(playbook, JSON.stringify([play()]))
    const inventory = join(folder, 'hosts.yml')
    writeFileSync(inventory, JSON.stringify({ all: { hosts: { [`leaf-[00001:${HOSTS}]`]: null } } }))
    const { megabytes, milliseconds } = await weftPeak(['run', playbook, '-i', inventory, '--output', 'json'])
    const must = `${SECONDS} s, ${MEGABYTES} MB`
    const measured = `${duration(milliseconds)}, ${megabytes.toFixed(0)} MB`
    const what = `${HOSTS.toLocaleString('en')} hosts, a template of 20 lines with loops`
    return [judged({ what, must, measured }, milliseconds <= SECONDS * 1000 && megabytes <= MEGABYTES)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function play(): object {
  const vars = { ansible_connection: 'local', vlans, ports, mtu: 9216, fabric: { asn: 65100 } }
  const debug = { msg: "{{ lookup('template', 'leaf.j2') | length }}" }
  return { hosts: 'all', gather_facts: false, vars, tasks: [{ debug }] }
}
