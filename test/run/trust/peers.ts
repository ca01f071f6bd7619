import { join } from 'node:path'
import type { Device } from '../../../src/model/device.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import type { Open } from '../../../src/run/options.ts'
import { folderOf } from '../../support/folder.ts'
import { newFabric, openLines } from '../line-device.ts'

/** The peers and files of a play on the hosts t0, t1 …, each of which is given one of the texts wherever it asks. */
export interface Peers {
  readonly hosts: readonly string[]
  readonly files: Readonly<Record<string, string>>
  readonly fabric: ReturnType<typeof newFabric>
  readonly nxos: Open<'nxos'>
  readonly apic: Open<'apic'>
  readonly kube: Open<'kube'>
  /** A folder that is no part of the repository. */
  readonly outside: string
}

export function peersFor(texts: readonly string[], kube: Open<'kube'>): Peers {
  const hosts = texts.map((_, at) => `t${at}`)
  const textOf = (host: string) => texts[hosts.indexOf(host)] ?? ''
  const fabric = newFabric()
  for (const [at, text] of texts.entries()) process.env[`WEFT_TEST_t${at}`] = text
  return {
    hosts,
    fabric,
    outside: folderOf(
      Object.fromEntries(hosts.map(host => [`${host}.yml`, JSON.stringify({ outer: { text: textOf(host) } })])),
    ),
    files: {
      'hosts.ini': `[texts]\n${hosts.map(host => `${host} ansible_network_os=nxos`).join('\n')}\n`,
      ...Object.fromEntries(hosts.map(host => [join('hostile', `${host}.txt`), textOf(host)])),
    },
    nxos: async ({ endpoint }) => saying(openLines(fabric, endpoint.host), textOf(endpoint.host)),
    apic: async ({ endpoint }) => answering(textOf(endpoint.host)),
    kube,
  }
}

/** What the hosts' objects in a cluster are. */
export function objectsOf(texts: readonly string[]): KubeObject[] {
  return texts.map((text, at) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `t${at}`, namespace: 'default' },
    data: { text },
  }))
}

/** A switch that says the text to every question, and has it for its name. */
function saying(device: Device<'nxos'>, text: string): Device<'nxos'> {
  const show = async (command: string) =>
    command.startsWith('show version') ? JSON.stringify({ host_name: text, chassis_id: text }) : text
  return { ...device, read: { ...device.read, show } }
}

/** An APIC whose one object has the text for a description; the lab's own refuses such letters in it, as real ones do. */
function answering(text: string): Device<'apic'> {
  const answer = { class: 'fvTenant', attributes: { dn: 'uni/tn-x', descr: text }, children: [] }
  return {
    kind: 'apic',
    target: 'apic:test',
    read: { get: async () => [answer], subtree: async () => new Map(), now: async () => new Map() },
    stage: () => {},
    write: async () => [],
    verify: async () => null,
    commit: async () => null,
    revert: async () => null,
    net: null,
    look: async () => ({ hasNet: false, standings: [] }),
    adopt: () => {},
    pending: () => null,
    reconnect: async () => {},
    release: async () => {},
  }
}
