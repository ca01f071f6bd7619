import {
  atomic,
  flag,
  integer,
  keyed,
  list,
  object,
  oneOf,
  open,
  range,
  type Schema,
  text,
  withDefault,
} from '../schema.ts'

/** Fields that several of Cilium's resources share. */
export const asNumber = (minimum: number): Schema => range(minimum, 4294967295)
export const port = range(1, 65535)
export const conditions = keyed(open({ type: text, status: oneOf('True', 'False', 'Unknown') }), ['type'])

const labelText: Schema = { type: 'string', maxLength: 63, pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$' }
const requirement = object({
  'key!': text,
  'operator!': oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: list(text),
})

export const selector = atomic(
  object({ matchExpressions: list(requirement), matchLabels: { type: 'object', additionalProperties: labelText } }),
)

const AFI = ['ipv4', 'ipv6', 'l2vpn', 'ls', 'opaque']
const SAFI = [
  'unicast',
  'multicast',
  'mpls_label',
  'encapsulation',
  'vpls',
  'evpn',
  'ls',
  'sr_policy',
  'mup',
  'mpls_vpn',
  'mpls_vpn_multicast',
  'route_target_constraints',
  'flowspec_unicast',
  'flowspec_vpn',
  'key_value',
]
export const family = { 'afi!': oneOf(...AFI), 'safi!': oneOf(...SAFI) }

export const gracefulRestart = object({ 'enabled!': flag, restartTimeSeconds: withDefault(range(1, 4095), 120) })

const WELL_KNOWN = [
  'internet',
  'planned-shut',
  'accept-own',
  'route-filter-translated-v4',
  'route-filter-v4',
  'route-filter-translated-v6',
  'route-filter-v6',
  'llgr-stale',
  'no-llgr',
  'blackhole',
  'no-export',
  'no-advertise',
  'no-export-subconfed',
  'no-peer',
]
export const communities = object({
  large: list({ type: 'string', pattern: '^\\d{1,10}:\\d{1,10}:\\d{1,10}$' }),
  standard: list({ type: 'string', pattern: '^\\d{1,10}$|^\\d{1,5}:\\d{1,5}$' }),
  wellKnown: list(oneOf(...WELL_KNOWN)),
})

/** An IPv4 or IPv6 address (without a prefix length). */
export const address: Schema = { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }

export const timer = (minimum: number, maximum: number, value: number): Schema =>
  withDefault(range(minimum, maximum), value)
export const localPreference = integer
