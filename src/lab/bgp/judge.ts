import { typeThree } from '../nxos/config/password.ts'
import { accepted } from './accepted.ts'
import { covers, hostOf, isSubnet } from './address.ts'
import type { Password, Peering, SessionFamily } from './peering.ts'

export type SessionState = 'Idle' | 'Active' | 'Connect' | 'OpenSent' | 'Established'

/** Is `address` reachable for a device (in its VRF)? Where nobody says otherwise, its connected subnets decide. */
export type Reachable = (device: string, vrf: string, address: string) => boolean

interface Verdict {
  readonly state: SessionState
  readonly because: string
  readonly families: readonly SessionFamily[]
  readonly hold: number
  readonly keepalive: number
}

/** BIRD, as Calico runs it, loses sessions below this hold time (ACI + Calico white paper, BGP timers). */
const shortestBirdHold = 6

/** What becomes of a session between two ends; `far` is null where nobody at the address expects this peer. */
export function judge(
  near: Peering,
  far: Peering | null,
  reachable?: Reachable,
  others: readonly Peering[] = [],
): Verdict {
  const hold = far ? Math.min(near.hold, far.hold) : near.hold
  const keepalive = Math.min(near.keepalive, Math.max(1, Math.floor(hold / 3)))
  const families = far ? near.families.filter(family => far.families.includes(family)) : []
  const broken = ownTrouble(near, far, reachable) ?? (far ? pairTrouble(near, far, reachable) : nobody(near, others))
  if (broken) return { ...broken, families: [], hold, keepalive }
  return { state: 'Established', because: `agreed with ${far?.device}`, families, hold, keepalive }
}

type Trouble = { readonly state: SessionState; readonly because: string } | null

/** What is wrong at this end alone. */
function ownTrouble(near: Peering, far: Peering | null, reachable?: Reachable): Trouble {
  const remote = far?.local ?? near.remote
  if (near.shutdown) return idle(near.shutdown)
  if (near.local === null) return idle(`${near.device} ${near.localMissing ?? 'has no address to speak from'}`)
  if (near.families.length === 0) return idle(`${near.device} has no address family active for ${remote}`)
  if (near.remoteAs === null) return idle(`${near.device} has no remote AS for ${remote}`)
  if (!isSubnet(remote) && !isReachable(near, remote, reachable)) {
    return idle(`${near.device} has no route to ${hostOf(remote)} in ${near.vrf}`)
  }
  return null
}

function isReachable(near: Peering, remote: string, reachable?: Reachable): boolean {
  if (reachable) return reachable(near.device, near.vrf, hostOf(remote))
  return near.connected === null || near.connected.some(subnet => covers(subnet, remote))
}

/** Nobody at the other end expects this peer. */
function nobody(near: Peering, others: readonly Peering[]): Trouble {
  const [other] = others
  if (!other) return { state: 'Active', because: `nothing at ${near.remote} speaks BGP to ${near.device}` }
  const from = near.local === null ? '' : ` from ${hostOf(near.local)}`
  const peers = [...new Set(others.map(each => each.remote))].join(', ')
  return {
    state: 'Active',
    because: `${near.device} calls ${other.device}${from}, but ${other.device} expects ${peers}`,
  }
}

/** What the two ends do not agree on, in the order in which a session would stumble over it. */
function pairTrouble(near: Peering, far: Peering, reachable?: Reachable): Trouble {
  const theirs = ownTrouble(far, near, reachable)
  if (theirs) return { state: 'Active', because: theirs.because }
  return hopTrouble(near) ?? hopTrouble(far) ?? passwordTrouble(near, far) ?? openTrouble(near, far)
}

function hopTrouble(end: Peering): Trouble {
  if (end.localAs === end.remoteAs || end.hops > 1) return null
  const source = `${end.interface ?? 'loopback'} (${end.local})`
  if (end.fromLoopback) return idle(`${end.device} speaks from ${source} to ${end.remote} without ebgp-multihop`)
  const connected = end.connected === null || end.connected.some(subnet => covers(subnet, end.remote))
  return connected ? null : idle(`${end.device} is not connected to ${end.remote} and has no ebgp-multihop`)
}

function passwordTrouble(near: Peering, far: Peering): Trouble {
  if (near.password === null && far.password === null) return null
  const without = near.password === null ? near : far.password === null ? far : null
  const one = without === near ? far : near
  if (without) return { state: 'Active', because: `${one.device} asks for a password, ${without.device} has none` }
  if (sameSecret(near.password, far.password)) return null
  return { state: 'Active', because: `the passwords of ${near.device} and ${far.device} differ` }
}

function openTrouble(near: Peering, far: Peering): Trouble {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    if (one.remoteAs !== other.localAs) {
      return idle(`${one.device} expects AS ${one.remoteAs}, ${other.device} says ${other.localAs}`)
    }
  }
  if (!near.families.some(family => far.families.includes(family))) {
    const [ours, theirs] = [near.families.join(' and '), far.families.join(' and ')]
    return idle(`${near.device} offers ${ours}, ${far.device} ${theirs}: no address family in common`)
  }
  return timerTrouble(near, far) ?? limitTrouble(near, far) ?? limitTrouble(far, near)
}

function timerTrouble(near: Peering, far: Peering): Trouble {
  const hold = Math.min(near.hold, far.hold)
  if (hold === 0) return null
  const shorter = near.hold <= far.hold ? near : far
  if (hold < 3) return idle(`${shorter.device} offers a hold time of ${hold} s, the least that BGP allows is 3 s`)
  const bird = [near, far].find(end => end.software === 'bird')
  if (!bird || hold >= shortestBirdHold) return null
  return idle(
    `${shorter.device} sets a hold time of ${hold} s, which BIRD on ${bird.device} cannot keep: the session flaps (10/30 is safe)`,
  )
}

/** More prefixes than one end takes, where that ends the session. */
function limitTrouble(near: Peering, far: Peering): Trouble {
  for (const family of ['ipv4', 'ipv6'] as const) {
    const limit = near.limits?.[family]
    const count = accepted(near, far, family).length
    if (limit?.action === 'shut' && count > limit.count) {
      return idle(
        `${far.device} announces ${count} ${family} prefixes, ${near.device} takes ${limit.count} and shuts the session`,
      )
    }
  }
  return null
}

function sameSecret(left: Password | null, right: Password | null): boolean {
  if (left === null || right === null) return left === right
  if ('clear' in left && 'clear' in right) return left.clear === right.clear
  return shown(left) === shown(right)
}

function shown(password: Password): string {
  return 'clear' in password ? typeThree(password.clear) : password.shown
}

function idle(because: string): Trouble {
  return { state: 'Idle', because }
}
