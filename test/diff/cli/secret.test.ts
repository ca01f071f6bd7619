import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isIncomparable, maskedLine, maskedText, secretsIn } from '../../../src/diff/cli/secret.ts'
import { showCli } from '../../../src/diff/cli/show.ts'

const test = suite('diff/cli/secret')

/** Lines of NX-OS with S where a secret stands, as the switch shows or a person types them. */
const LINES = `
username ops password 5 S  role network-admin
username ops password 0 S role network-operator
username ops password S
username ops role network-admin password S
username ops privilege 15 secret 9 S
enable secret S
enable secret 5 S
enable secret level 15 5 S
enable password 7 S
password S
password 3 S
password 0 S
password 7 S
neighbor 192.0.2.1 password S
neighbor 192.0.2.1 password 3 S
neighbor 2001:db8::1 password 7 S
ip msdp password 192.0.2.9 S
ip msdp password 192.0.2.9 3 S
snmp-server community S
snmp-server community S group network-operator
snmp-server community S ro
snmp-server community S use-ipv4acl nms
snmp-server mib community-map S context blue
snmp-server host 192.0.2.7 traps version 2c S
snmp-server host 192.0.2.7 traps version 1 S udp-port 1162
snmp-server host 192.0.2.7 informs version 2c S udp-port 162
snmp-server host 192.0.2.7 version 2c S
snmp-server host 192.0.2.7 traps version 3 priv S
snmp-server host 192.0.2.7 S
snmp-server user ops network-admin auth md5 S priv S localizedkey
snmp-server user ops network-admin auth md5 S priv aes-128 S localizedkey engineID 128:0:0:9:3:0:0:0:0:0:1
snmp-server user ops auth sha S priv S
snmp-server user ops auth sha-256 S priv aes-128 S localizedV2key
snmp-server user ops auth sha S
rmon event 1 log trap S description FATAL(1) owner PMON@FATAL
rmon event 2 description ERROR(3) trap S
radius-server key S
radius-server key 7 S
radius-server host 192.0.2.5 key 7 S authentication accounting
radius-server host 192.0.2.5 auth-port 1812 acct-port 1813 key 7 S timeout 3
radius-server host 192.0.2.5 key S auth-port 1812
radius-server host 192.0.2.5 test username probe password S idle-time 5
radius-server host 192.0.2.5 pac key 7 S
tacacs-server key 6 S
tacacs-server host 192.0.2.6 port 49 key 7 S timeout 5 single-connection
tacacs-server host 192.0.2.6 key S port 49
tacacs-server host 192.0.2.6 test username probe password S
tacacs-server test username probe password S idle-time 3
ldap-server host 192.0.2.8 rootDN "cn=manager,dc=example,dc=org" password 7 S port 389 timeout 5
ldap-server host 192.0.2.8 rootDN cn=manager password S
server-private 192.0.2.5 auth-port 1812 key 7 S
client 192.0.2.5 server-key 7 S
key 7 S
authentication text S
authentication md5 key-string S
authentication md5 key-string 7 S timeout 30
authentication S
hsrp 10 authentication text S
standby 10 authentication md5 key-string 7 S
vrrp 5 authentication text S
glbp 5 authentication text S
vrrp 5 authentication S
ip ospf authentication-key S
ip ospf authentication-key 3 S
ip ospf message-digest-key 1 md5 S
ip ospf message-digest-key 1 md5 3 S
area 0.0.0.1 virtual-link 192.0.2.2 authentication-key 3 S
area 1 virtual-link 192.0.2.2 message-digest-key 1 md5 S
area 1 virtual-link 192.0.2.2 authentication message-digest message-digest-key 1 md5 0 S
authentication-key 3 S
message-digest-key 1 md5 3 S
ospfv3 authentication ipsec spi 256 md5 S
ospfv3 encryption ipsec spi 300 esp 3des S md5 S
ospfv3 encryption ipsec spi 300 esp aes 128 0 S authentication sha1 7 S
area 0 authentication ipsec spi 256 sha1 7 S
encryption ipsec spi 300 esp null sha1 S
authentication mode hmac-sha-256 7 S
isis password S level-1
area-password S
domain-password S
bfd authentication Keyed-SHA1 keyid 2 key S
bfd authentication keyed-sha1 keyid 2 hex-key S
ip pim hello-authentication ah-md5 S
ip pim hello-authentication ah-md5 3 S
ipv6 pim hello-authentication ah-md5 7 S
mpls ldp neighbor 192.0.2.3 password 7 S
mpls ldp password fallback 7 S
neighbor 192.0.2.3 implicit-withdraw password S
ntp authentication-key 1 md5 S
ntp authentication-key 42 md5 S 7
ntp authentication-key 42 aes128cmac S
key-string S
key-string 7 S
key-octet-string S cryptographic-algorithm AES_128_CMAC
key-octet-string 7 S cryptographic-algorithm AES_256_CMAC
key config-key ascii S
crypto isakmp key S address 192.0.2.4
crypto isakmp key 6 S address 192.0.2.4
pre-shared-key S
pre-shared-key local 6 S
pre-shared-key address 192.0.2.4 255.255.255.255 key S
crypto ca import mine pkcs12 bootflash:mine.p12 S
crypto ca export mine pkcs12 bootflash:mine.p12 S
crypto key export rsa mine pem terminal aes S
fcsp dhchap password 7 S
fcsp dhchap devicename 20:00:00:00:00:00:00:01 password S
cts device-id leaf-101 password 7 S
sap pmk S modelist gcm-encrypt
sap pmk encrypted S modelist gcm-encrypt
ipv4 etr map-server 192.0.2.3 key 3 S proxy-reply
vtp password S
license smart register idtoken S force
nxapi certificate httpskey keyfile bootflash:server.key password S
scheduler aaa-authentication username ops password 7 S
scheduler aaa-authentication password S
ip ftp password S
ip http client password 7 S
username ops password S expire 2030-01-01
copy scp://ops:S@192.0.2.20/leaf.cfg running-config
copy bootflash:leaf.cfg sftp://ops:S@[2001:db8::20]/leaf.cfg vrf management
archive path ftp://ops:S@192.0.2.20/
`
  .trim()
  .split('\n')

/** Lines that no table knows: a word of theirs announces the secret, or it looks like one. */
const UNKNOWN = `
fabric-thing peer 192.0.2.1 password S
fabric-thing shared-secret 7 S
evpn thing passphrase S timeout 5
dot1x thing key 7 S
vpc thing pre-shared-key S
segment-thing community S
something auth-password S priv-password S
something token S
tunnel thing authentication-key S
pass S
user ops pass S
snmp com S ro
tacacs host 192.0.2.6 key 7 S
ip ospf mess 1 md5 S
`
  .trim()
  .split('\n')

/** What stays as it is, letter for letter. */
const HARMLESS = `
password strength-check
no password strength-check
password secure-mode
password prompt username
key chain peers
key chain peers macsec
key chain password
no key chain peers
ip domain-lookup
no ip domain-lookup
feature password encryption aes
feature nxapi
feature tacacs+
service password-recovery
no service password-encryption
service unsupported-transceiver
snmp-server enable traps
snmp-server enable traps snmp authentication
snmp-server enable traps aaa server-state-change
snmp-server contact noc password desk
snmp-server location row 5 key cabinet
snmp-server globalEnforcePriv
snmp-server engineID local 00:00:00:63:00:01:00:a1:ac:15:10:03
snmp-server host 192.0.2.7 use-vrf management
snmp-server host 192.0.2.7 source-interface loopback0
snmp-server source-interface traps mgmt0
snmp-server user ops network-admin
snmp-server user ops use-ipv4acl nms
snmp-server user ops enforcePriv
route-map secret permit 10
route-map community permit 10
neighbor-policy
ip community-list standard secret seq 5 permit 65000:1
ip community-list expanded community seq 5 permit "65000:.*"
ip extcommunity-list standard tokens permit rt 65000:1
set community 65000:1
set community 65000:1 65000:2 additive
set community no-export
set extcommunity rt 65000:1 additive
set comm-list community delete
match community secret
match community community exact-match
send-community
send-community both
send-community extended
key 1
key 10
key 65535
logging level auth 5
logging level authpri 6
logging level aaa 5
logging server 192.0.2.30 5 use-vrf management facility local7
aaa authentication login default group tacacs
aaa authentication login console local
aaa group server tacacs+ password
aaa accounting default group radius
radius-server timeout 5
radius-server retransmit 3
radius-server directed-request
radius-server host 192.0.2.5 authentication accounting
tacacs-server directed-request
tacacs-server deadtime 10
tacacs-server host 192.0.2.6 port 49 timeout 5
ntp server 192.0.2.40 key 1
ntp server 192.0.2.40 prefer key 1 use-vrf management
ntp peer 192.0.2.41 key 12 minpoll 4
ntp trusted-key 1
ntp authenticate
ip ospf authentication
ip ospf authentication message-digest
ip ospf authentication key-chain peers
area 0.0.0.0 authentication
area 0 authentication message-digest
area 1 virtual-link 192.0.2.2
authentication message-digest
authentication key-chain peers
authentication md5 key-chain peers
authentication mode md5
ip authentication mode eigrp 1 md5
ip authentication key-chain eigrp 1 peers
isis authentication key-chain peers level-1
isis authentication-type md5 level-1
authentication-type md5 level-1
authentication-check level-1
ip rip authentication key-chain peers
ip rip authentication mode md5
bfd interval 250 min_rx 250 multiplier 3
ip pim sparse-mode
ip msdp peer 192.0.2.9 connect-source loopback0
mpls ldp password required
mpls ldp password required for peers
cryptographic-algorithm HMAC-SHA-256
accept-lifetime 00:00:00 Jan 01 2030 infinite
send-lifetime local 00:00:00 Jan 01 2030 duration 2147483646
macsec keychain peers policy must
macsec policy must
tunnel-encryption peer-ip 192.0.2.9
ssh key rsa 2048
ssh key rsa 2048 force
username ops sshkey ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7documentation0Key ops@example.org
username ops keypair generate rsa 2048
username ops passphrase lifetime 99999 warntime 14 gracetime 3
username ops role network-admin
userpassphrase min-length 8 max-length 80
crypto key generate rsa label mine modulus 2048
crypto ca trustpoint mine
rsakeypair mine 2048
description the password is on the desk
description key 7 of the cabinet
remark secret 5 doors
10 remark community centre
name password
vlan 10
hostname secret-leaf
vrf context password
vrf member secret
interface Ethernet1/1
router bgp 65102
neighbor 192.0.2.1
neighbor 192.0.2.1 remote-as 65001
remote-as 65001
inherit peer password
template peer password
ip prefix-list key seq 5 permit 192.0.2.0/24
ip access-list community
10 permit tcp any any eq 22
hsrp 10
preempt delay minimum 60
hardware access-list tcam region racl 512
spanning-tree port type edge trunk
switchport trunk allowed vlan 10,20,30-39
member vni 50010
mac address-table static 0011.2233.4455 vlan 10 interface Ethernet1/1
fabric forwarding anycast-gateway-mac 0000.2222.3333
boot nxos bootflash:/nxos64-cs.10.3.5.M.bin
copy http://192.0.2.20:8080/a@b/leaf.cfg bootflash:
copy scp://ops@192.0.2.20/leaf.cfg bootflash:
sap pmk use-dot1x
vpc domain 10
peer-keepalive destination 192.0.2.50 source 192.0.2.51 vrf keepalive
version 10.3(5) Bios:version 05.47
`
  .trim()
  .split('\n')

const PLAIN = [...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ123456789!#$%&()+,-./:;<=>?@[]^_{}~']
/** What a person or a switch has as a secret: no blanks, or in quotes. Two letters that no keyword has keep it apart from the line around it. */
const word = fc.string({ unit: fc.constantFrom(...PLAIN), minLength: 1, maxLength: 24 }).map(text => `Qz${text}`)
const hex = fc
  .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 12, maxLength: 40 })
  .map(text => `0x${text}`)
const crypt = word.map(text => `$5$Qz$${text}`)
const quoted = fc
  .string({ unit: fc.constantFrom(...PLAIN, ' '), minLength: 1, maxLength: 20 })
  .map(text => `"Qz${text}zQ"`)

function filled(line: string, secrets: readonly string[]): string {
  let at = 0
  return line.replace(/\bS\b/g, () => secrets[at++ % secrets.length] as string)
}

const signs = fc.constantFrom('', 'no ')

for (const [what, lines] of [
  ['a known', LINES],
  ['an unknown', UNKNOWN],
] as const) {
  test(`the secret of ${what} line never survives, and the rest stays as it was`, () => {
    const secret = fc.oneof(word, hex, crypt, quoted)
    fc.assert(
      fc.property(fc.constantFrom(...lines), signs, fc.tuple(secret, secret), (line, sign, secrets) => {
        const inUrl = line.includes('://')
        fc.pre(!inUrl || secrets.every(text => !/["@/?#[\] ]/.test(text) && !/^\d+$/.test(text)))
        const written = sign + filled(line, secrets)
        const shown = maskedLine(written)
        for (const text of line.split(/\bS\b/).length > 2 ? secrets : secrets.slice(0, 1)) {
          assert.not.ok(shown.includes(text.replaceAll('"', '')), `${written} is shown as ${shown}`)
        }
        assert.is(shown, sign + filled(line, ['********']))
      }),
      { numRuns: 3000 },
    )
  })
}

test('each known line form is masked with a plain secret, in any case and with more blanks', () => {
  for (const line of [...LINES, ...UNKNOWN]) {
    assert.is(maskedLine(filled(line, ['Canary1'])), filled(line, ['********']))
    const upper = filled(line.toUpperCase(), ['canary1'])
    assert.not.match(maskedLine(upper), 'canary1')
    assert.not.match(maskedLine(filled(line, ['Canary1']).replaceAll(' ', '  ')), 'Canary1')
  }
})

test('a secret that is one digit, or a keyword, is masked too', () => {
  assert.is(maskedLine('password 7'), 'password ********')
  assert.is(
    maskedLine('radius-server host 192.0.2.5 key 7 auth-port 1812'),
    'radius-server host 192.0.2.5 key ******** auth-port 1812',
  )
  assert.is(
    maskedLine('snmp-server community group group network-operator'),
    'snmp-server community ******** group network-operator',
  )
  assert.is(maskedLine('username ops password password'), 'username ops password ********')
})

test('harmless lines stay letter for letter', () => {
  for (const line of HARMLESS) {
    assert.is(maskedLine(line), line)
    if (!line.startsWith('no ')) assert.is(maskedLine(`no ${line}`), `no ${line}`)
  }
})

const names = fc.constantFrom('blue', 'password', 'secret', 'key', 'community', 'token', 'KEY', 'auth', 'leaf-101')
const numbers = fc.integer({ min: 1, max: 65535 })
const generated = fc.oneof(
  names.map(name => `key chain ${name}`),
  names.map(name => `vrf context ${name}`),
  names.map(name => `route-map ${name} permit 10`),
  names.map(name => `match community ${name}`),
  names.map(name => `ip ospf authentication key-chain ${name}`),
  names.map(name => `aaa group server radius ${name}`),
  names.map(name => `description ${name} 7 0123456789abcdef`),
  names.map(name => `inherit peer-policy ${name} 10`),
  names.map(name => `ip access-group ${name} in`),
  numbers.map(number => `key ${number}`),
  numbers.map(number => `ntp server 192.0.2.1 key ${number}`),
  numbers.map(number => `vlan ${number}`),
  fc.tuple(numbers, numbers).map(([one, other]) => `set community ${one}:${other}`),
  fc.tuple(numbers, numbers).map(([one, other]) => `ip community-list standard c seq ${one} permit ${one}:${other}`),
  fc.tuple(names, numbers).map(([name, number]) => `logging level ${name} ${number % 8}`),
  fc.ipV4().map(address => `ip address ${address}/24`),
  fc.ipV6().map(address => `ipv6 address ${address}/64`),
)

test('generated harmless lines stay letter for letter', () => {
  fc.assert(
    fc.property(generated, signs, (line, sign) => assert.is(maskedLine(sign + line), sign + line)),
    { numRuns: 1000 },
  )
})

test('in a key chain a key is a number or a name; elsewhere it is one', () => {
  assert.is(maskedLine('key abcd01', 'key chain peers macsec'), 'key abcd01')
  assert.is(maskedLine('key-octet-string 7 0123456789ab', 'key abcd01'), 'key-octet-string 7 ********')
  assert.is(maskedLine('key abcd01', 'tacacs server one'), 'key ********')
})

test('rows of certificates and keys are left out, by themselves and in texts', () => {
  const row = 'MIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7AgEAAkEAq7BFUpkGp3R9Xy8b'
  for (const blob of [row, '30820222 3082018B 02024CAA 300D0609', 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718']) {
    assert.is(maskedLine(blob), '********')
  }
  const pem = `copy\n-----BEGIN RSA PRIVATE KEY-----\n${row}\nQw==\n-----END RSA PRIVATE KEY-----\nvlan 10`
  const shown = 'copy\n-----BEGIN RSA PRIVATE KEY-----\n********\n********\n-----END RSA PRIVATE KEY-----\nvlan 10'
  assert.is(maskedText(pem), shown)
})

test('a line of any length and shape is read in no time', () => {
  const nasty = [
    '"'.repeat(5000),
    `${'"a" '.repeat(2000)}spi`,
    `${'a '.repeat(3000)}md5`,
    'key 7 '.repeat(2000),
    'user '.repeat(2000),
  ]
  for (const line of nasty) {
    const started = performance.now()
    maskedLine(line)
    assert.ok(performance.now() - started < 1000, line.slice(0, 20))
  }
})

test('a text keeps its indents and every line that is not known to hold a secret', () => {
  const text = 'Password Policy:  enabled\n  neighbor 192.0.2.1\n    password 3 0123456789abcdef\r\nthe token is here'
  assert.is(
    maskedText(text),
    'Password Policy:  enabled\n  neighbor 192.0.2.1\n    password 3 ********\r\nthe token is here',
  )
})

test('a change is shown without secrets in its line, its contexts, what is below it and its name', () => {
  const parents = ['radius-server host 192.0.2.5 key Canary-1']
  const line = 'something key 7 Canary-2'
  const below = [{ line: 'key-string Canary-3', children: [{ line: 'password Canary-4', children: [] }] }]
  const change = { id: [...parents, line].join('/'), before: null, after: { parents, line, children: below } }
  const shown = JSON.stringify(showCli(change))
  assert.not.match(shown, 'Canary')
  assert.is(showCli(change).resource, 'radius-server host 192.0.2.5 key ********/something key 7 ********')
  const verbatim = { id: `before/1: ${line}`, before: null, after: { parents: [], line, verbatim: true } }
  assert.is(showCli(verbatim).resource, 'before/1: something key 7 ********')
})

test('what is followed by value has its type and no quotes', () => {
  const [auth, priv] = secretsIn('snmp-server user ops auth sha "Canary 1" priv aes-128 Canary2 localizedkey')
  assert.is(auth?.secret, 'Canary 1')
  assert.is(priv?.secret, 'Canary2')
  assert.is(secretsIn('ntp authentication-key 1 md5 fewhg 7')[0]?.type, '7')
})

test('a secret in clear cannot be compared with an encrypted one', () => {
  assert.ok(isIncomparable('password open', 'password 3 0123456789abcdef'))
  assert.ok(isIncomparable('password 0 open', 'password 3 0123456789abcdef'))
  assert.ok(isIncomparable('ntp authentication-key 1 md5 open', 'ntp authentication-key 1 md5 fewhg 7'))
  assert.not(isIncomparable('password 3 0123456789abcdee', 'password 3 0123456789abcdef'))
  assert.not(isIncomparable('description a', 'description b'))
})

test.run()
