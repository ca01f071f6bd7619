import { flag, integer, list, object, oneOf, open, range, text, texts } from '../schema.ts'

const pool = object({
  name: text,
  'cidr!': text,
  encapsulation: oneOf('IPIPCrossSubnet', 'IPIP', 'VXLAN', 'VXLANCrossSubnet', 'None'),
  natOutgoing: oneOf('Enabled', 'Disabled'),
  nodeSelector: text,
  blockSize: integer,
  disableBGPExport: flag,
  disableNewAllocations: flag,
  allowedUses: texts,
  assignmentMode: text,
})

/** The Installation of tigera-operator, as far as routing goes; its other fields pass. */
export const installationSpec = open({
  variant: text,
  calicoNetwork: open({
    bgp: oneOf('Enabled', 'Disabled'),
    ipPools: list(pool, { maxItems: 25 }),
    linuxDataplane: oneOf('Iptables', 'BPF', 'VPP', 'Nftables'),
    mtu: range(0, 65535),
  }),
})
