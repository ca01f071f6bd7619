import { keyed, list, object, oneOf, range, type Schema, text, withDefault } from '../schema.ts'
import {
  address,
  asNumber,
  communities,
  conditions,
  family,
  gracefulRestart,
  localPreference,
  port,
  selector,
  timer,
} from './cilium-fields.ts'

/** Cilium's BGP control plane, cilium.io/v2. */
const name: Schema = { type: 'string', minLength: 1, maxLength: 255 }
const reference = object({ 'name!': text })
const autoDiscovery = object({
  'mode!': oneOf('DefaultGateway'),
  defaultGateway: object({ 'addressFamily!': oneOf('ipv4', 'ipv6') }),
})

const peer = object({
  'name!': name,
  autoDiscovery,
  peerASN: withDefault(asNumber(0), 0),
  peerAddress: address,
  peerConfigRef: reference,
})

const instances = (fields: Record<string, Schema>): Schema => ({
  ...keyed(object({ 'name!': name, ...fields }), ['name']),
  minItems: 1,
  maxItems: 16,
})

export const clusterConfigSpec = object({
  'bgpInstances!': instances({ localASN: asNumber(1), localPort: port, peers: keyed(peer, ['name']) }),
  nodeSelector: selector,
})

export const peerConfigSpec = object({
  authSecretRef: text,
  ebgpMultihop: timer(1, 255, 1),
  families: list(object({ ...family, advertisements: selector })),
  gracefulRestart,
  timers: object(
    {
      connectRetryTimeSeconds: timer(1, 2147483647, 120),
      holdTimeSeconds: timer(3, 65535, 90),
      keepAliveTimeSeconds: timer(1, 65535, 30),
    },
    {
      'x-kubernetes-validations': [
        {
          rule: 'self.keepAliveTimeSeconds <= self.holdTimeSeconds',
          message: 'keepAliveTimeSeconds can not be larger than holdTimeSeconds',
        },
      ],
    },
  ),
  transport: object({ peerPort: timer(1, 65535, 179), sourceInterface: text }),
})

const advertisement = object({
  'advertisementType!': oneOf('PodCIDR', 'CiliumPodIPPool', 'Service', 'Interface'),
  attributes: object({ communities, localPreference }),
  interface: reference,
  selector,
  service: object({
    'addresses!': list(oneOf('LoadBalancerIP', 'ClusterIP', 'ExternalIP'), { minItems: 1 }),
    aggregationLengthIPv4: range(0, 31),
    aggregationLengthIPv6: range(0, 127),
  }),
})

export const advertisementSpec = object({ 'advertisements!': list(advertisement) })

const localPeer = object({ ...peer.properties, 'name!': text, localAddress: address })

export const nodeConfigSpec = object({
  'bgpInstances!': instances({
    localASN: asNumber(1),
    localPort: port,
    routerID: text,
    peers: keyed(localPeer, ['name']),
  }),
})

const peerStatus = object({
  'name!': text,
  'peerAddress!': text,
  establishedTime: text,
  peerASN: asNumber(0),
  peeringState: text,
  routeCount: list(object({ ...family, advertised: range(0, 2147483647), received: range(0, 2147483647) })),
  timers: object({ appliedHoldTimeSeconds: range(0, 65535), appliedKeepaliveSeconds: range(0, 65535) }),
})

export const nodeConfigStatus = object({
  bgpInstances: keyed(object({ 'name!': text, localASN: asNumber(0), peers: keyed(peerStatus, ['name']) }), ['name']),
  conditions,
})

const overriddenPeer = object({ 'name!': name, localAddress: address, localPort: port })

export const nodeOverrideSpec = object({
  'bgpInstances!': instances({
    localASN: asNumber(1),
    localPort: port,
    routerID: { type: 'string', format: 'ipv4' },
    peers: keyed(overriddenPeer, ['name']),
  }),
})
