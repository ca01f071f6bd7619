import { type JsonMap, mapOf, numberOf, pick, textOf } from '../json.ts'
import { type Cause, quoted } from '../status.ts'
import { isCidr } from '../validate-value.ts'
import type { Admission } from './admission.ts'

/** Calico's own rules for a pool (its defaults are those of projectcalico.org/v3; the stored form has none): what a pool covers and how it is cut never changes, and blocks fit into it. */
export const ipPool: Admission = {
  prepare: object => {
    if (object.apiVersion !== 'projectcalico.org/v3') return object
    const spec = mapOf(object.spec)
    const v6 = textOf(spec.cidr).includes(':')
    return { ...object, spec: { ...DEFAULTS, ...(spec.cidr ? { blockSize: v6 ? 122 : 26 } : {}), ...spec } }
  },
  check: (object, live) => [
    ...cidrCauses(object),
    ...fixed('cidr', 'CIDR', object, live),
    ...fixed('blockSize', 'Block size', object, live),
    ...tunnels(object),
  ],
}

const DEFAULTS: JsonMap = {
  ipipMode: 'Never',
  vxlanMode: 'Never',
  nodeSelector: 'all()',
  allowedUses: ['Workload', 'Tunnel'],
}

function fixed(field: string, title: string, object: JsonMap, live: JsonMap | undefined): Cause[] {
  const value = pick(object, 'spec', field)
  const before = pick(live, 'spec', field)
  if (before === undefined || before === value) return []
  const message = `Invalid value: ${quoted(value)}: ${title} cannot be changed; follow IP pool migration guide to avoid corruption.`
  return [{ reason: 'FieldValueInvalid', message, field: `spec.${field}` }]
}

function cidrCauses(object: JsonMap): Cause[] {
  const cidr = textOf(pick(object, 'spec', 'cidr'))
  const wrong = (field: string, value: string, why: string): Cause[] => [
    { reason: 'FieldValueInvalid', message: `Invalid value: ${value}: ${why}`, field: `spec.${field}` },
  ]
  if (cidr === '') return []
  if (!isCidr(cidr)) return wrong('cidr', quoted(cidr), 'must be a valid CIDR')
  const [low, high] = cidr.includes(':') ? [116, 128] : [20, 32]
  const size = numberOf(pick(object, 'spec', 'blockSize'), cidr.includes(':') ? 122 : 26)
  const length = Number(cidr.split('/')[1])
  if (size < low || size > high)
    return wrong('blockSize', String(size), `block size must be between ${low} and ${high}`)
  return length > size ? wrong('cidr', quoted(cidr), `IP pool size is too small for block size ${size}`) : []
}

function tunnels(object: JsonMap): Cause[] {
  const [ipip, vxlan] = ['ipipMode', 'vxlanMode'].map(field => isOn(textOf(pick(object, 'spec', field))))
  const v6 = textOf(pick(object, 'spec', 'cidr')).includes(':')
  const forbidden = (why: string): Cause => ({
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${why}`,
    field: 'spec',
  })
  return [
    ...(ipip && vxlan ? [forbidden('ipipMode and vxlanMode cannot both be enabled')] : []),
    ...(ipip && v6 ? [forbidden('IPIP is not supported on IPv6 pools')] : []),
  ]
}

const isOn = (mode: string): boolean => mode !== '' && mode !== 'Never'
