import { flag, keyed, list, object, oneOf, range, type Schema, text, texts, withDefault } from '../schema.ts'
import { conditions, selector } from './cilium-fields.ts'

const cidr: Schema = { type: 'string', format: 'cidr' }
const fixed = (schema: Schema): Schema => ({ ...schema, 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] })

export const conditionsStatus = object({ conditions })

export const loadBalancerPoolSpec = object({
  allowFirstLastIPs: oneOf('Yes', 'No'),
  blocks: list(object({ cidr, start: text, stop: text })),
  disabled: withDefault(flag, false),
  serviceSelector: selector,
})

const reserved = list(object({ 'start!': text, 'end!': text }))
const range4or6 = (bits: number): Schema =>
  object({
    'cidrs!': list(cidr, { minItems: 1, maxItems: 32 }),
    'maskSize!': fixed(range(1, bits)),
    pool: keyed(object({ 'cidr!': cidr, reservedRanges: reserved }), ['cidr']),
  })

export const podPoolSpec = object({
  allowFirstIP: withDefault(flag, false),
  allowLastIP: withDefault(flag, false),
  ipv4: range4or6(32),
  ipv6: range4or6(128),
  namespaceSelector: selector,
  podSelector: selector,
})

export const announcementPolicySpec = object({
  externalIPs: flag,
  interfaces: texts,
  loadBalancerIPs: flag,
  nodeSelector: selector,
  serviceSelector: selector,
})
