import { type Form, formOf, type SecretSpan, spansOf } from './form.ts'

/**
 * The lines of NX-OS that hold a secret, and where, from the command references of NX-OS 7 to 10 (and the IOS forms that people carry over), in the
 * notation of formOf. A line may fit several: each names its own secrets. Names (key chains, key ids, groups, users, trustpoints) are not secrets.
 */
const LINES = `
username * ... {password|secret} <secret>
enable [algorithm-type *] {password|secret} [level *] <secret>
password <line>
secret <secret>
{area-password|domain-password} <secret>
... user * password <secret>

{radius-server|tacacs-server} ... key <secret>
{radius-server|tacacs-server|ldap-server} ... password <secret>
{server-private|server|client|address} * ... {key|server-key} <secret>
server-key <secret>
pac key <secret>

snmp-server community <secret>
snmp-server mib community-map <secret>
snmp-server host * [{traps|informs}] <secret>$
snmp-server host * [{traps|informs}] <secret> udp-port *
snmp-server host * [{traps|informs}] version {1|2c} <secret>
snmp-server host * [{traps|informs}] version 3 {noauth|auth|priv} <secret>
snmp-server user * ... auth * <secret>
snmp-server user * ... priv [{des|3des|aes|aes-128|aes-192|aes-256}] <secret>
rmon event * ... trap <secret>

ntp authentication-key * * <secret> [<type>]

key-string <line>
key-octet-string <secret>
key config-key * <secret>
... authentication md5 key-string <secret>
... authentication text <line>
authentication mode hmac-sha-256 <secret>
ip ospf authentication-key <line>
ip ospf {message-digest-key|message} * * <line>
area * {virtual-link|sham-link} * ... authentication-key <secret>
area * {virtual-link|sham-link} * ... message-digest-key * * <secret>
authentication-key <line>
message-digest-key * * <line>
... spi * {md5|sha1|sha-256} <secret>
... spi * esp {des|3des} <secret>
... spi * esp {aes|aes-cbc} * <secret>
... spi * esp ... {md5|sha1|sha-256} <secret>
isis password <secret>
neighbor * password <line>
mpls ldp neighbor * password <line>
mpls ldp password {fallback|option * for *} <line>
ip msdp password * <line>
ip msdp peer * password <line>
bfd ... {key|hex-key} <line>
ip pim hello-authentication * <line>
ipv6 pim hello-authentication * <line>

crypto isakmp key <secret>
pre-shared-key [{local|remote}] <secret>$
pre-shared-key {address|hostname} * ... key <secret>
crypto {ca|pki} {import|export} * pkcs12 * <line>
crypto key {import|export} rsa * pem ... {des|3des|aes} <line>
crypto {ca|pki} {import|export} * pem ... password <line>
fcsp dhchap ... password <secret>
cts device-id * password <secret>
sap pmk [encrypted] <secret>
... map-server * key <secret>
vtp password <secret>
license smart ... idtoken <secret>
nxapi certificate ... password <line>
scheduler aaa-authentication ... password <secret>
ip {ftp|http|scp|sftp|tftp} ... password <secret>
`

/** Lines that look as if they held a secret and do not, as whole lines. */
const HARMLESS_LINES = `
password {strength-check|secure-mode}$
password prompt *$
password required ... *$
... ldp password required ... *$
... ldp password required$
password required$
service {password-recovery|password-encryption|unsupported-transceiver}$
snmp-server enable ...
snmp-server engineid ...
snmp-server host * {traps|informs}$
snmp-server host * {use-vrf|filter-vrf|source-interface} *$
ntp {server|peer} ...
ntp trusted-key ...
username * {sshkey|ssh-cert-dn|keypair} ...
username * passphrase {lifetime|warntime|gracetime} ...
key <number>$
key chain * ...
ssh key ...
crypto key {generate|zeroize} ...
sap pmk use-dot1x$
`

/** Lines of free text: a word in them is a word. */
const PROSE =
  /^(description|remark|\d+ remark|name|banner|title|snmp-server (contact|location)|email-contact|street-address|contract-id)( |$)/i

/** Lines whose words are names, numbers of communities or levels of logs, never keys. */
const NAMING =
  /^(feature|logging|route-map|set|match|ip(v6)? (as-path|community-list|extcommunity-list|large-community-list|prefix-list|access-list|domain-\S+|host)|send-community|hostname|switchname|vrf|vlan|interface|inherit|template|aaa|policy-map|class-map|object-group|errdisable|macsec|tunnel-encryption|userpassphrase|boot|install)( |$)/i

/**
 * Forms by the first two letters of the lines that they fit, for every line of every switch is asked about. A keyword is shortened to no less than
 * two letters, so no other form can fit. '' = those that begin with any word.
 */
type Forms = ReadonlyMap<string, readonly Form[]>

function compiled(text: string): Forms {
  const forms = new Map<string, Form[]>()
  for (const line of text.split('\n').filter(line => line.trim() !== '')) {
    const form = formOf(line)
    for (const start of startsOf(line)) forms.set(start, [...(forms.get(start) ?? []), form])
  }
  return forms
}

/** `{area-password|domain-password} …` starts with 'ar' and with 'do'. */
function startsOf(notation: string): ReadonlySet<string> {
  const first = notation.split(' ')[0] as string
  return new Set(
    first === '...'
      ? ['']
      : first
          .replace(/[{}$]/g, '')
          .split('|')
          .map(word => word.slice(0, 2)),
  )
}

function* formsFor(line: string, forms: Forms): Generator<Form> {
  yield* forms.get(line.slice(0, 2).toLowerCase()) ?? []
  yield* forms.get('') ?? []
}

const SECRET_FORMS = compiled(LINES)

const HARMLESS_FORMS = compiled(HARMLESS_LINES)

/** The secrets of a line by the forms that it fits. */
export function secretsByForm(line: string): SecretSpan[] {
  return [...formsFor(line, SECRET_FORMS)].flatMap(form => spansOf(form, line) ?? [])
}

/** Whether a line is known to hold no secret, whatever its words. */
export function isHarmless(line: string): boolean {
  return [...formsFor(line, HARMLESS_FORMS)].some(form => form.test(line))
}

/** Free text: a word in it is a word, whatever it says. */
export function isProse(line: string): boolean {
  return PROSE.test(line)
}

/** A line that gives names: one of them being 'password' says nothing about the next word. */
export function isNaming(line: string): boolean {
  return NAMING.test(line)
}
