import { isSecret } from '../../model/secret.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import type { Mask } from '../mask.ts'

/** Follows every value that its name, or its own text (a private key), says is a secret. Templates are followed once rendered. */
export function rememberSecrets(mask: Pick<Mask, 'add'>, value: Value | undefined, name = ''): void {
  if (value === undefined || value === null) return
  if (typeof value === 'string' || typeof value === 'number') {
    if (isSecret(name, value)) mask.add(String(value))
  } else if (Array.isArray(value)) for (const entry of value) rememberSecrets(mask, entry, name)
  else if (isMapping(value))
    for (const [key, entry] of Object.entries(value)) rememberSecrets(mask, entry, nameWithin(name, key))
}

/** `snmp: {community: …}` is a secret, `bgp: {community: …}` is none. */
function nameWithin(outer: string, name: string): string {
  return /^communit(y|ies)$/i.test(name) && /snmp/i.test(outer) ? `snmp_${name}` : name
}

const followed = new WeakMap<Pick<Mask, 'add'>, WeakSet<Variables>>()

/** The same for the layers that a host's variables are made of: each is looked through once per run, whoever sees it. */
export function rememberLayers(mask: Pick<Mask, 'add'>, layers: readonly (Variables | undefined)[]): void {
  const known = followed.get(mask) ?? new WeakSet<Variables>()
  followed.set(mask, known)
  for (const layer of layers) {
    if (layer === undefined || known.has(layer)) continue
    known.add(layer)
    rememberSecrets(mask, layer)
  }
}
