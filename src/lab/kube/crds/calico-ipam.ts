import { flag, integer, list, object, oneOf, open, range, type Schema, setOf, text, withDefault } from '../schema.ts'

/** Calico's address management (fields of Calico 3.32). */
const cidr: Schema = { type: 'string', format: 'cidr' }
const mode = oneOf('Never', 'Always', 'CrossSubnet')

/** Resources that weft only passes along: any field. */
export const looseSpec = open()

export const ipPoolSpec = object({
  allowedUses: setOf(oneOf('Workload', 'Tunnel', 'LoadBalancer')),
  assignmentMode: withDefault(oneOf('Automatic', 'Manual'), 'Automatic'),
  blockSize: range(0, 128),
  'cidr!': { type: 'string', maxLength: 48 },
  disableBGPExport: flag,
  disabled: flag,
  ipipMode: mode,
  namespaceSelector: text,
  natOutgoing: flag,
  nodeSelector: text,
  vxlanMode: mode,
})

export const poolStatus = object({ conditions: list(open()) })
export const ipReservationSpec = object({ reservedCIDRs: setOf(text) })

/** `deleted` is a boolean in projectcalico.org/v3 and a string in crd.projectcalico.org/v1. */
export const blockAffinitySpec = (native: boolean): Schema =>
  object({
    'cidr!': cidr,
    'deleted!': native ? withDefault(flag, false) : text,
    'node!': text,
    'state!': text,
    type: text,
  })

export const clusterInformationSpec = object({
  calicoVersion: text,
  clusterGUID: text,
  clusterType: text,
  datastoreReady: flag,
  variant: text,
})

export const ipamBlockSpec = object({
  affinity: text,
  affinityClaimTime: text,
  'allocations!': list({ type: 'integer', nullable: true }),
  'attributes!': list(open()),
  'cidr!': cidr,
  deleted: flag,
  sequenceNumber: withDefault(integer, 0),
  sequenceNumberForAllocation: open(),
  'strictAffinity!': flag,
  'unallocated!': list(integer),
})

export const ipamConfigSpec = object({
  'autoAllocateBlocks!': flag,
  kubeVirtVMAddressPersistence: oneOf('Enabled', 'Disabled'),
  maxBlocksPerHost: range(0, 2147483647),
  'strictAffinity!': flag,
})
