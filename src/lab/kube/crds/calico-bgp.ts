import {
  atomic,
  flag,
  integer,
  list,
  object,
  oneOf,
  range,
  type Schema,
  setOf,
  text,
  texts,
  withDefault,
} from '../schema.ts'

/** Calico's BGP resources (fields of Calico 3.32). */
const cidr: Schema = { type: 'string', format: 'cidr' }
const asn: Schema = { type: 'integer' }
const cidrList: Schema = list(atomic(object({ cidr })), { 'x-kubernetes-list-type': 'atomic' })
const secretKey = object({
  secretKeyRef: atomic(object({ 'key!': text, name: withDefault(text, ''), optional: flag })),
})
const selector: Schema = { type: 'string', maxLength: 4096 }
const priority = range(1, 2147483646)

export const bgpConfigurationSpec = object({
  asNumber: asn,
  bindMode: oneOf('None', 'NodeIP'),
  communities: list(
    atomic(object({ name: text, value: { type: 'string', pattern: '^(\\d+):(\\d+)$|^(\\d+):(\\d+):(\\d+)$' } })),
  ),
  ignoredInterfaces: setOf(text),
  ipv4NormalRoutePriority: priority,
  ipv6NormalRoutePriority: priority,
  listenPort: range(1, 65535),
  localWorkloadPeeringIPV4: text,
  localWorkloadPeeringIPV6: text,
  logSeverityScreen: withDefault(text, 'Info'),
  nodeMeshMaxRestartTime: text,
  nodeMeshPassword: secretKey,
  nodeToNodeMeshEnabled: flag,
  prefixAdvertisements: list(atomic(object({ cidr, communities: texts }))),
  programClusterRoutes: oneOf('Enabled', 'Disabled'),
  serviceClusterIPs: cidrList,
  serviceExternalIPs: cidrList,
  serviceLoadBalancerAggregation: withDefault(oneOf('Enabled', 'Disabled'), 'Enabled'),
  serviceLoadBalancerIPs: cidrList,
})

const both = (left: string, right: string, message = `${left} and ${right} cannot both be set`) => ({
  rule: `!(has(self.${left}) && has(self.${right}))`,
  message,
  reason: 'FieldValueForbidden',
})

export const bgpPeerSpec = object(
  {
    asNumber: asn,
    filters: texts,
    keepOriginalNextHop: flag,
    keepaliveTime: text,
    localASNumber: asn,
    localWorkloadSelector: selector,
    maxRestartTime: text,
    nextHopMode: oneOf('Auto', 'Self', 'Keep'),
    node: { type: 'string', maxLength: 253 },
    nodeSelector: selector,
    numAllowedLocalASNumbers: integer,
    password: secretKey,
    peerIP: { type: 'string', maxLength: 64 },
    peerSelector: selector,
    reachableBy: text,
    reversePeering: oneOf('Auto', 'Manual'),
    sourceAddress: oneOf('UseNodeIP', 'None'),
    ttlSecurity: integer,
  },
  {
    'x-kubernetes-validations': [
      both('node', 'nodeSelector'),
      both('peerIP', 'peerSelector'),
      both('asNumber', 'peerSelector', 'asNumber must be empty when peerSelector is set'),
    ],
  },
)

const filterRule = (bits: number): Schema =>
  atomic(
    object({
      'action!': oneOf('Accept', 'Reject'),
      asPathPrefix: list(integer),
      cidr,
      communities: object({ 'values!': texts }),
      interface: text,
      matchOperator: oneOf('Equal', 'NotEqual', 'In', 'NotIn'),
      operations: list({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
      peerType: oneOf('eBGP', 'iBGP'),
      prefixLength: object({ min: range(0, bits), max: range(0, bits) }),
      priority,
      source: oneOf('RemotePeers'),
    }),
  )

export const bgpFilterSpec = object({
  exportV4: list(filterRule(32)),
  exportV6: list(filterRule(128)),
  importV4: list(filterRule(32)),
  importV6: list(filterRule(128)),
})

export const nodeStatusSpec = object({
  classes: list(oneOf('Agent', 'BGP', 'Routes')),
  node: text,
  updatePeriodSeconds: integer,
})

const bird = object({
  lastBootTime: text,
  lastReconfigurationTime: text,
  routerID: text,
  state: oneOf('Ready', 'NotReady'),
  version: text,
})
const peers = list(
  object({
    peerIP: text,
    since: text,
    state: oneOf('Idle', 'Connect', 'Active', 'OpenSent', 'OpenConfirm', 'Established', 'Close'),
    type: oneOf('NodeMesh', 'NodePeer', 'GlobalPeer'),
  }),
)
const routes = list(
  object({
    destination: text,
    gateway: text,
    interface: text,
    learnedFrom: object({ peerIP: text, sourceType: oneOf('Kernel', 'Static', 'Direct', 'NodeMesh', 'BGPPeer') }),
    type: oneOf('FIB', 'RIB'),
  }),
)

export const nodeStatusStatus = object({
  agent: object({ birdV4: bird, birdV6: bird }),
  bgp: object({
    'numberEstablishedV4!': integer,
    'numberEstablishedV6!': integer,
    'numberNotEstablishedV4!': integer,
    'numberNotEstablishedV6!': integer,
    peersV4: peers,
    peersV6: peers,
  }),
  lastUpdated: { type: 'string', format: 'date-time', nullable: true },
  routes: object({ routesV4: routes, routesV6: routes }),
})
