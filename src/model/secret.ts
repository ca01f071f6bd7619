/** Names whose values are secrets, in variables and in arguments. */
const SECRET =
  /(^|_)(password|passwd|passphrase|pass|secret|token|api_key|apikey|private_key|secret_key|access_key|md5_key|psk|credential)s?$/i
/** Named like a secret, but says where one is, or how to treat it. */
const HARMLESS = /(_file|_path|_name|_ref)$/i
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

/** Whether a value is a secret by the name that it goes by, or by its own text (a private key). A template is not one until it is rendered. */
export function isSecret(name: string, value: string | number): boolean {
  if (typeof value === 'string' && PEM.test(value)) return true
  return SECRET.test(name) && !HARMLESS.test(name) && !String(value).includes('{{')
}
