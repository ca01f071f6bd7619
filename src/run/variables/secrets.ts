import { isSecret } from '../../model/secret.ts'
import { isMapping, type Value } from '../../model/value.ts'
import type { Mask } from '../mask.ts'

/** Follows every value that its name, or its own text (a private key), says is a secret. Templates are followed once rendered. */
export function rememberSecrets(mask: Pick<Mask, 'add'>, value: Value | undefined, name = ''): void {
  if (typeof value === 'string' || typeof value === 'number') {
    if (isSecret(name, value)) mask.add(String(value))
  } else if (Array.isArray(value)) for (const entry of value) rememberSecrets(mask, entry, name)
  else if (isMapping(value)) for (const [key, entry] of Object.entries(value)) rememberSecrets(mask, entry, key)
}
