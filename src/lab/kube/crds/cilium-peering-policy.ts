import { flag, list, object, oneOf, type Schema, text, withDefault } from '../schema.ts'
import { asNumber, communities, family, gracefulRestart, localPreference, selector, timer } from './cilium-fields.ts'

/** CiliumBGPPeeringPolicy (cilium.io/v2alpha1), gone after 1.17. Its peerAddress is a CIDR. */
const attributes = object({
  'selectorType!': oneOf('PodCIDR', 'CiliumLoadBalancerIPPool', 'CiliumPodIPPool'),
  communities,
  localPreference,
  selector,
})

const neighbor = object({
  'peerASN!': asNumber(0),
  'peerAddress!': { type: 'string', format: 'cidr' },
  advertisedPathAttributes: list(attributes),
  authSecretRef: text,
  connectRetryTimeSeconds: timer(1, 2147483647, 120),
  eBGPMultihopTTL: timer(1, 255, 1),
  families: list(object(family)),
  gracefulRestart,
  holdTimeSeconds: timer(3, 65535, 90),
  keepAliveTimeSeconds: timer(1, 65535, 30),
  peerPort: timer(1, 65535, 179),
})

const virtualRouter: Schema = object({
  'localASN!': asNumber(0),
  'neighbors!': list(neighbor, { minItems: 1 }),
  exportPodCIDR: withDefault(flag, false),
  podIPPoolSelector: selector,
  serviceAdvertisements: withDefault(list(oneOf('LoadBalancerIP', 'ClusterIP', 'ExternalIP')), ['LoadBalancerIP']),
  serviceSelector: selector,
})

export const peeringPolicySpec = object({
  nodeSelector: selector,
  'virtualRouters!': list(virtualRouter, { minItems: 1 }),
})
