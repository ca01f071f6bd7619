import type { ApicObject } from '../../model/apic.ts'
import { readIntents } from './intent.ts'
import { readPayload } from './payload.ts'
import { type Entry, withoutSecrets } from './present.ts'
import { answer } from './query.ts'
import { refuse } from './refusal.ts'
import { type Route, readRoute } from './route.ts'
import { loginEntry, type Session, type Sessions } from './sessions.ts'
import { overlay, type Store, type WritableStore } from './store.ts'
import { applyIntents, deletion, type Effect } from './write.ts'

export interface Request {
  readonly method: string
  readonly path: string
  readonly search: URLSearchParams
  readonly body: string
  readonly token: string | undefined
}

export interface Reply {
  readonly body: { readonly totalCount: string; readonly imdata: readonly unknown[] }
  /** Set on login and refresh: the new cookie. */
  readonly token?: string
}

export interface Machine {
  readonly store: WritableStore
  readonly sessions: Sessions
  readonly tokenSeconds: () => number
  /** What the leaves report, over the configuration. */
  readonly reported: () => Store | null
  readonly onWrite: (effects: readonly Effect[], user: string) => void
}

/** Answers one request. Throws Refused. */
export function reply(machine: Machine, request: Request): Reply {
  const route = readRoute(request.path)
  if (route.kind === 'login') return login(machine, request)
  const session = machine.sessions.find(request.token)
  if (route.kind === 'refresh') return granted(machine, machine.sessions.refresh(session), request)
  if (route.kind === 'logout') {
    machine.sessions.close(session)
    return { body: { totalCount: '0', imdata: [] } }
  }
  if (request.method === 'GET') return { body: read(machine, route, request.search) }
  return { body: write(machine, { request, route, user: session.user }) }
}

function login(machine: Machine, request: Request): Reply {
  const { class: name, attributes } = readPayload(request.body)
  if (name !== 'aaaUser') refuse('400', `invalid data at line '1'. ${name} is not a login`)
  // 'apic:local\admin' and 'apic#local\\admin' name a login domain before the user.
  const user = (attributes.name ?? '').split('\\').at(-1) ?? ''
  return granted(machine, machine.sessions.open(user, attributes.pwd ?? ''), request)
}

function granted(machine: Machine, session: Session, request: Request): Reply {
  const guiToken = request.search.has('gui-token-request')
  const entry = loginEntry(session, { lifeSeconds: machine.tokenSeconds(), guiToken })
  return { body: { totalCount: '1', imdata: [entry] }, token: session.token }
}

function read(machine: Machine, route: Route, search: URLSearchParams): Reply['body'] {
  const reported = machine.reported()
  const store = reported ? overlay(machine.store, reported) : machine.store
  if (route.kind === 'mo') return answer(store, { by: 'dn', dn: route.dn }, search)
  if (route.kind === 'class') {
    const below = route.below === undefined ? {} : { below: route.below }
    return answer(store, { by: 'class', class: route.class, ...below }, search)
  }
  return refuse('400', 'Invalid URL', 404)
}

function write(machine: Machine, about: { request: Request; route: Route; user: string }): Reply['body'] {
  const { request, route, user } = about
  if (route.kind !== 'mo') refuse('400', `${request.method} is for objects, not for classes`)
  if (request.method !== 'POST' && request.method !== 'DELETE') refuse('405', 'Method not allowed', 405)
  const removing = request.method === 'DELETE'
  const intents = removing ? [deletion(route.dn)] : readIntents(route.dn, readPayload(request.body))
  const effects = applyIntents(machine.store, intents, timestamp())
  if (effects.length > 0) machine.onWrite(effects, user)
  if (request.search.get('rsp-subtree') !== 'modified') return { totalCount: '0', imdata: [] }
  return { totalCount: String(effects.length), imdata: effects.map(effect => modified(machine.store, effect)) }
}

/** An entry of the answer to ?rsp-subtree=modified: what the write did to an object. */
function modified(store: Store, effect: Effect): Entry {
  const object: ApicObject | undefined = store.get(effect.dn)
  const whole = effect.status === 'created' && object ? object.attributes : effect.attributes
  const shown = withoutSecrets(effect.class, whole)
  return { [effect.class]: { attributes: { ...shown, dn: effect.dn, rn: '', status: effect.status } } }
}

/** As the APIC stamps a change: milliseconds and an offset, not Z. */
function timestamp(): string {
  return new Date().toISOString().replace('Z', '+00:00')
}
