/** Names whose values are secrets, in variables, arguments, environments and answers; as words joined by '_'. */
const SECRET = new RegExp(
  `(^|_)(${[
    'password|passwd|passphrase|passcode|pass|pwd|secret|token|bearer|jwt|psk|pin|credential|api_?key|apikey',
    '(private|secret|access|shared|pre_shared|auth|authentication|priv|encryption|decryption|signing|session|master|license|account|md5|sha|radius|tacacs|ospf|bgp|isis|eigrp|hsrp|vrrp|bfd|ntp|server)_key',
    'key_(octet_)?string',
    'snmp(_\\w+)?_communit(y|ies)|(ro|rw|read|write|trap)_community|community_(string|name)',
  ].join('|')})s?(_?\\d+|_(old|new|current|hash|hashed|encrypted|b64|base64|value))?$`,
)
/** Named like a secret, but says where one is, how to treat it, or what it must look like. */
const HARMLESS =
  /_(files?|paths?|names?|refs?|ids?|length|policy|ttl|type|version|expiry|lifetime|url|format|strength)$|^(update|generate|change|ask|prompt|has|use|no|is|with|require|requires|without|show|hide|set|need|needs)_/
/** Words that switch something; no secret is one. */
const SWITCHES = /^(true|false|yes|no|on|off|none|null|always|never|required|optional|enabled|disabled)?$/i
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

/** Whether a value is a secret by the name that it goes by, or by its own text (a private key). A template is not one until it is rendered. */
export function isSecret(name: string, value: string | number): boolean {
  if (typeof value === 'string' && PEM.test(value)) return true
  return isSecretName(name) && !SWITCHES.test(String(value)) && !String(value).includes('{{')
}

/** Whether a name announces a secret: 'bgp_password', 'apiToken', 'X-Auth-Token', 'RADIUS_KEY_2'. */
export function isSecretName(name: string): boolean {
  // Most names are none at a glance.
  if (!/pass|pwd|secret|token|bearer|jwt|psk|pin|credential|key|communit/i.test(name)) return false
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-. ]/g, '_')
    .toLowerCase()
  return SECRET.test(words) && !HARMLESS.test(words)
}
