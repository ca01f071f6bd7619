import { randomBytes } from 'node:crypto'
import { refuse } from './refusal.ts'

export interface Sessions {
  /** Opens a session; throws Refused (401) for a wrong name or password. */
  open(user: string, password: string): Session
  /** The session of a token; throws Refused (403) where there is none or it has run out. */
  find(token: string | undefined): Session
  refresh(session: Session): Session
  close(session: Session): void
  /** Ends every session, as a restart of the APIC does. */
  endAll(): void
}

export interface Session {
  readonly token: string
  readonly user: string
  readonly opened: number
  readonly expires: number
}

/** Token sessions of `lifeSeconds`, after aaaLogin of the APIC. */
export function makeSessions(users: Readonly<Record<string, string>>, lifeSeconds: () => number): Sessions {
  const byToken = new Map<string, Session>()
  const issue = (user: string, opened: number): Session => {
    const token = randomBytes(120).toString('base64url')
    const session = { token, user, opened, expires: Date.now() + lifeSeconds() * 1000 }
    byToken.set(token, session)
    return session
  }
  return {
    open(user, password) {
      if (users[user] !== password || password === undefined) {
        refuse('401', 'Username or password is incorrect - FAILED local authentication', 401)
      }
      return issue(user, Date.now())
    },
    find(token) {
      if (!token) refuse('403', 'Token was invalid (Error: Token timeout)', 403)
      const session = byToken.get(token)
      if (!session || session.expires <= Date.now()) refuse('403', 'Token was invalid (Error: Token timeout)', 403)
      return session
    },
    refresh(session) {
      byToken.delete(session.token)
      return issue(session.user, session.opened)
    },
    close: session => void byToken.delete(session.token),
    endAll: () => byToken.clear(),
  }
}

/** imdata of a login or refresh answer. */
export function loginEntry(session: Session, options: { lifeSeconds: number; guiToken: boolean }) {
  const attributes = {
    token: session.token,
    siteFingerprint: 'weftlab0weftlab0',
    refreshTimeoutSeconds: String(options.lifeSeconds),
    maximumLifetimeSeconds: '86400',
    guiIdleTimeoutSeconds: '1200',
    restTimeoutSeconds: '90',
    creationTime: String(Math.floor(session.opened / 1000)),
    firstLoginTime: String(Math.floor(session.opened / 1000)),
    userName: session.user,
    remoteUser: 'false',
    unixUserId: '15374',
    sessionId: Buffer.from(session.token.slice(0, 16)).toString('base64'),
    lastName: '',
    firstName: '',
    version: '6.0(5h)',
    buildTime: 'Mon Mar 25 18:00:00 UTC 2024',
    node: 'topology/pod-1/node-1',
    ...(options.guiToken ? { urlToken: session.token.slice(0, 64) } : {}),
  }
  return { aaaLogin: { attributes, children: roles() } }
}

function roles() {
  const domain = { aaaUserDomain: { attributes: { name: 'all', rolesR: 'admin', rolesW: 'admin' }, children: [] } }
  const tenants = ['common', 'infra', 'mgmt'].map(name => ({
    DnDomainMapEntry: {
      attributes: { dn: `uni/tn-${name}`, readPrivileges: 'admin', writePrivileges: 'admin' },
    },
  }))
  return [domain, ...tenants]
}
