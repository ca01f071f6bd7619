import { FailureError } from '../model/failure.ts'
import type { Endpoint } from '../model/host.ts'
import { isMapping, type Value, type Variables } from '../model/value.ts'
import { splitWords } from '../model/words.ts'

type HostKeys = Endpoint['hostKeyChecking']

/** A jump host before it has become an endpoint. */
interface Hop {
  readonly address: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly privateKeyFile?: string
  readonly passphrase?: string
}

/**
 * The jump host that a host's variables name, or undefined. Read from `weft_jump` (user@host:port, several joined by commas from
 * the first to the last, or a mapping with host, port, user, password, key, passphrase, jump) or from the ProxyJump and
 * `ssh -W` ProxyCommand forms of ansible_ssh_common_args.
 * `hostKeys` is how strictly the device's own key is checked; it holds for the jump hosts too.
 * @throws FailureError invalid for a jump that cannot be read: going around a jump host unasked would be worse.
 */
export function jumpOf(host: string, variables: Variables, hostKeys?: HostKeys): Endpoint | undefined {
  const own = variables.weft_jump
  if (own !== undefined && own !== null && own !== '') return chain(hopsOf(host, own), variables, hostKeys)
  const args = [variables.ansible_ssh_common_args, variables.ansible_ssh_extra_args]
    .filter(Boolean)
    .map(String)
    .join(' ')
  const hops = proxyJump(host, args) ?? proxyCommand(host, args)
  return hops && chain(hops, variables, hostKeys)
}

function hopsOf(host: string, value: Value): Hop[] {
  if (typeof value === 'string') return value.split(',').map(part => parseHop(host, part.trim()))
  if (!isMapping(value)) throw unreadable(host, 'weft_jump', String(value))
  const address = value.host ?? value.weft_host ?? value.ansible_host
  if (typeof address !== 'string') throw unreadable(host, 'weft_jump', 'a mapping without host')
  const earlier = value.jump ?? value.weft_jump
  const port = value.port ?? value.weft_port ?? value.ansible_port
  return [
    ...(earlier === undefined || earlier === null ? [] : hopsOf(host, earlier)),
    {
      address,
      ...(port === undefined || port === null ? {} : { port: Number(port) }),
      ...optional('user', value.user ?? value.weft_user ?? value.ansible_user),
      ...optional('password', value.password ?? value.weft_password ?? value.ansible_password),
      ...optional('privateKeyFile', value.key ?? value.weft_key ?? value.ansible_ssh_private_key_file),
      ...optional('passphrase', value.passphrase ?? value.weft_passphrase),
    },
  ]
}

function optional(name: keyof Hop, value: Value | undefined): Partial<Hop> {
  return value === undefined || value === null ? {} : { [name]: String(value) }
}

/** `-J hops` and `-o ProxyJump=hops`, word by word: a -J in the middle of a path is none. */
function proxyJump(host: string, args: string): Hop[] | undefined {
  const words = wordsOf(host, args)
  const found = words.map((word, at) => proxyJumpAt(word, words[at + 1])).find(hops => hops !== undefined)
  return found && found !== 'none' ? found.split(',').map(part => parseHop(host, part.trim())) : undefined
}

function proxyJumpAt(word: string, next: string | undefined): string | undefined {
  if (word.startsWith('-J')) return word.slice(2) || next
  const option = word === '-o' ? next : word.startsWith('-o') ? word.slice(2) : undefined
  return /^\s*ProxyJump\s*[=\s]\s*(\S+)\s*$/i.exec(option ?? '')?.[1]
}

function wordsOf(host: string, args: string): string[] {
  try {
    return splitWords(args)
  } catch {
    throw unreadable(host, 'ansible_ssh_common_args', args)
  }
}

/** `-o ProxyCommand="ssh -W %h:%p -q -p 2222 -i key user@host"`, in any order of the options. */
function proxyCommand(host: string, args: string): Hop[] | undefined {
  const found = /ProxyCommand[= ]\s*(.*)/i.exec(args)?.[1]
  if (found === undefined) return undefined
  const command = /^(["'])(.*?)\1/.exec(found)?.[2] ?? found.replace(/["']+$/, '')
  const words = command.split(/\s+/)
  if (!/(^|\/)ssh$/.test(words[0] ?? '') || !words.includes('-W')) throw unreadable(host, 'ProxyCommand', command)
  const options = new Map<string, string>()
  let target: string | undefined
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? ''
    if (/^-[bcDEeFIiJLlmOoPpQRSWw]$/.test(word)) options.set(word, words[++index] ?? '')
    else if (!word.startsWith('-')) target ??= word
  }
  if (target === undefined) throw unreadable(host, 'ProxyCommand', command)
  const hop = parseHop(host, target)
  return [
    {
      ...hop,
      ...(options.has('-p') ? { port: Number(options.get('-p')) } : {}),
      ...optional('user', options.get('-l') ?? hop.user),
      ...optional('privateKeyFile', options.get('-i')),
    },
  ]
}

/** user@host:port, [v6]:port, ssh://user@host:port */
function parseHop(host: string, text: string): Hop {
  const found = /^(?:ssh:\/\/)?(?:([^@]+)@)?(?:\[([^\]]+)\]|([^:@\s]+))(?::(\d+))?$/.exec(text)
  const address = found?.[2] ?? found?.[3]
  if (!found || !address) throw unreadable(host, 'jump host', text)
  return {
    address,
    ...(found[4] ? { port: Number(found[4]) } : {}),
    ...(found[1] ? { user: found[1] } : {}),
  }
}

function chain(hops: readonly Hop[], variables: Variables, hostKeys: HostKeys): Endpoint | undefined {
  let jump: Endpoint | undefined
  for (const hop of hops) {
    jump = {
      host: hop.address,
      platform: 'local',
      useAgent: true,
      ...hop,
      ...(jump ? { jump } : {}),
      ...(typeof variables.weft_known_hosts === 'string' ? { knownHosts: variables.weft_known_hosts } : {}),
      ...(hostKeys ? { hostKeyChecking: hostKeys } : {}),
    }
  }
  return jump
}

function unreadable(host: string, what: string, text: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `weft cannot read the ${what} of ${host}: '${text.replace(/:[^:@/]*@/, ':…@')}'.`,
    remedy:
      "Write weft_jump: user@host:port, or the ProxyJump / 'ssh -W %h:%p user@host' forms in ansible_ssh_common_args.",
  })
}
