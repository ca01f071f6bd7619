import type { LabSwitch, SwitchOptions } from '../../src/lab/nxos/switch.ts'
import type { Variables } from '../../src/model/value.ts'
import { folderOf } from './folder.ts'
import { leaf, PASSWORD, USER } from './nxos.ts'
import { type Ended, weft } from './weft.ts'

type Files = Readonly<Record<string, string | Uint8Array>>

export interface OneLeaf {
  readonly lab: LabSwitch
  /** The known_hosts file that knows the switch. */
  readonly knownHosts: string
  /** A new folder with these files and an inventory: the switch as leaf-a in the group leaves, with these variables more. */
  folder(files: Files, variables?: Variables): string
  /** Runs weft in such a folder. */
  weft(words: readonly string[], files: Files, variables?: Variables): Promise<Ended>
}

/** A lab switch, and folders from which the real command reaches it. Ended by `closeAll` of support/nxos.ts. */
export async function oneLeaf(options: Partial<SwitchOptions> = {}): Promise<OneLeaf> {
  const { lab, endpoint } = await leaf(options)
  const knownHosts = endpoint.knownHosts ?? ''
  const reach = {
    ansible_host: '127.0.0.1',
    ansible_port: lab.port,
    ansible_user: USER,
    ansible_password: PASSWORD,
    ansible_network_os: 'nxos',
    weft_known_hosts: knownHosts,
    weft_agent: false,
    weft_timeout: 3,
  }
  const folder = (files: Files, variables: Variables = {}) => {
    const hosts = { 'leaf-a': { ...reach, ...variables } }
    return folderOf({ 'inventory/hosts.yml': JSON.stringify({ all: { children: { leaves: { hosts } } } }), ...files })
  }
  return { lab, knownHosts, folder, weft: (words, files, more) => weft(words, { folder: folder(files, more) }) }
}

/** A play on the leaves with these tasks (YAML of the list, not indented). */
export function play(tasks: string, head = ''): string {
  const indented = tasks.replaceAll(/^(?=.)/gm, '    ')
  return `- hosts: leaves\n  gather_facts: false\n${head}  tasks:\n${indented}`
}
