import type { ApicCommand, ApicRead } from './apic.ts'
import type { KubeCommand, KubeRead } from './kube.ts'
import type { MachineCommand, MachineRead } from './machine.ts'
import type { NxosCommand, NxosRead } from './nxos.ts'

/** What weft can talk to. linux: files and processes of a node, or of the machine that weft runs on. */
export type Kind = 'nxos' | 'apic' | 'kube' | 'linux'

export type Read<K extends Kind> = { nxos: NxosRead; apic: ApicRead; kube: KubeRead; linux: MachineRead }[K]
export type Command<K extends Kind> = {
  nxos: NxosCommand
  apic: ApicCommand
  kube: KubeCommand
  linux: MachineCommand
}[K]
