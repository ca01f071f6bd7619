import { isMapping, type Value } from '../model/value.ts'
import type { Mask } from './mask.ts'

/** Names whose values are secrets, in variables and in arguments. */
const SECRET = /(^|_)(password|passwd|passphrase|pass|secret|token|api_key|apikey|private_key|md5_key|credential)s?$/i
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/
/** Named like a secret, but says where one is, or how to treat it. */
const HARMLESS = /(_file|_path|_name|_ref)$/i

/** Follows every value that its name, or its own text (a private key), says is a secret. Templates are followed once rendered. */
export function rememberSecrets(mask: Mask, value: Value | undefined, name = ''): void {
  if (typeof value === 'string') {
    if (PEM.test(value) || (isSecretName(name) && !value.includes('{{'))) mask.add(value)
  } else if (typeof value === 'number' && isSecretName(name)) mask.add(String(value))
  else if (Array.isArray(value)) for (const entry of value) rememberSecrets(mask, entry, name)
  else if (isMapping(value)) for (const [key, entry] of Object.entries(value)) rememberSecrets(mask, entry, key)
}

function isSecretName(name: string): boolean {
  return SECRET.test(name) && !HARMLESS.test(name)
}
