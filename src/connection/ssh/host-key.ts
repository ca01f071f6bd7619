import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Failure } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import { fromHome } from '../home.ts'
import {
  hostEntries,
  hostName,
  indexKnownHosts,
  judgeKey,
  type KeyVerdict,
  type KnownHost,
  type KnownHosts,
  keyType,
  parseKnownHosts,
} from './known-hosts.ts'

/** How the key of one host is judged during one login. */
export interface HostKeyCheck {
  /** Types that known_hosts holds for the host: asked for first, so that a second key of the host is not taken for a changed one. */
  readonly preferredTypes: readonly string[]
  /** null = go on. A new key is recorded where the user asked for trust on first use. */
  judge(key: Buffer): Promise<Failure | null>
}

/** Reads known_hosts for an endpoint: its own file, or the user's and the system's. A missing file is an empty one. */
export async function hostKeyCheck(endpoint: Endpoint): Promise<HostKeyCheck> {
  const port = endpoint.port ?? 22
  const own = fromHome(endpoint.knownHosts ?? '~/.ssh/known_hosts')
  const files = endpoint.knownHosts ? [own] : [own, '/etc/ssh/ssh_known_hosts']
  const known = await Promise.all(files.map(readKnown))
  const entries = known.flatMap(each => hostEntries(each, endpoint.address, port))
  const preferredTypes = [...new Set(entries.filter(entry => entry.marker === null).map(entry => entry.type))]
  return {
    preferredTypes,
    judge: async key => {
      if (endpoint.hostKeyChecking === 'no') return null
      const verdict = judgeKey(entries, key)
      if (verdict.state === 'known') return null
      // A host of which other keys are known is not used for the first time: a new type of key could be anyone's.
      const isNew = entries.every(entry => entry.marker !== null)
      if (verdict.state === 'unknown' && isNew && endpoint.hostKeyChecking === 'first-use') {
        await record(own, hostName(endpoint.address, port), key)
        return null
      }
      return refusal({ endpoint, file: own, key, verdict })
    },
  }
}

const parsed = new Map<string, { readonly version: string; readonly known: Promise<KnownHosts> }>()

/** Every login asks, and a fabric's file has a line per switch: it is read again when it has changed. */
async function readKnown(file: string): Promise<KnownHosts> {
  const { mtimeMs = 0, size = 0, ino = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {}
  const version = `${mtimeMs} ${size} ${ino}`
  const before = parsed.get(file)
  if (before?.version === version) return before.known
  const known = parseFile(file)
  known.catch(() => parsed.delete(file))
  parsed.set(file, { version, known })
  return known
}

async function parseFile(file: string): Promise<KnownHosts> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return indexKnownHosts(parseKnownHosts(file, text))
}

async function record(file: string, name: string, key: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await appendFile(file, `${name} ${keyType(key)} ${key.toString('base64')}\n`, { mode: 0o600 })
}

interface Refused {
  readonly endpoint: Endpoint
  readonly file: string
  readonly key: Buffer
  readonly verdict: Exclude<KeyVerdict, { state: 'known' }>
}

function refusal({ endpoint, file, key, verdict }: Refused): Failure {
  const name = hostName(endpoint.address, endpoint.port ?? 22)
  const print = `${keyType(key)} SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
  if (verdict.state === 'changed') return changed(endpoint.host, name, print, verdict.expected)
  if (verdict.state === 'revoked') {
    return {
      code: 'unreachable',
      message: `The host key of ${endpoint.host} (${name}, ${print}) is marked @revoked in ${verdict.by.file}:${verdict.by.line}.`,
      remedy: 'Nothing was sent. Find out why the key was revoked; give the device a new key.',
    }
  }
  const others = verdict.otherTypes.length > 0 ? ` ${file} knows it by ${verdict.otherTypes.join(', ')} only.` : ''
  return {
    code: 'unreachable',
    message: `The host key of ${endpoint.host} (${name}, ${print}) is not in ${file}.${others}`,
    remedy: `Check the fingerprint at the device ('show ssh key'), then: ssh-keyscan ${scanArguments(endpoint)} >> ${file}; or set weft_host_keys: first-use to record it at the first connection.`,
  }
}

function changed(host: string, name: string, print: string, expected: KnownHost): Failure {
  return {
    code: 'unreachable',
    message: `The host key of ${host} (${name}) has CHANGED: it shows ${print}, ${expected.file}:${expected.line} expects another. Somebody may be in between, or the device was replaced.`,
    remedy: `Nothing was sent. If the device was really replaced, remove the old line ${expected.file}:${expected.line} with: ssh-keygen -R '${name}' -f ${expected.file}`,
  }
}

function scanArguments(endpoint: Endpoint): string {
  return endpoint.port && endpoint.port !== 22 ? `-p ${endpoint.port} ${endpoint.address}` : endpoint.address
}
