import { refuse } from './refusal.ts'
import { canonicalDn } from './resolve.ts'

/** What a request is about. */
export type Route =
  | { readonly kind: 'login' | 'refresh' | 'logout' }
  | { readonly kind: 'mo'; readonly dn: string }
  | { readonly kind: 'class'; readonly class: string; readonly below?: string }

/**
 * Reads a path such as /api/mo/uni/tn-a.json, /api/node/mo/…, /api/class/fvTenant.json,
 * /api/node/class/topology/pod-1/node-201/bgpPeerEntry.json, /api/uni/class/…. Throws Refused for others.
 */
export function readRoute(path: string): Route {
  const form = /^\/api\/(.+)\.(json|xml)$/.exec(decode(path))
  if (!form) refuse('400', 'Invalid URL', 404)
  const [, rest = '', format] = form
  if (format === 'xml') refuse('400', 'XML is not spoken by the lab, ask for .json')
  if (rest === 'aaaLogin') return { kind: 'login' }
  if (rest === 'aaaRefresh') return { kind: 'refresh' }
  if (rest === 'aaaLogout') return { kind: 'logout' }
  const mo = /^(?:node\/|policymgr\/)?mo\/(.+)$/.exec(rest)
  if (mo?.[1]) return { kind: 'mo', dn: canonicalDn(mo[1]) }
  const byClass = /^(?:node\/|uni\/)?class\/(?:(.+)\/)?([^/]+)$/.exec(rest)
  if (!byClass) refuse('400', `Invalid URL ${path}`, 404)
  const [, below, name = ''] = byClass
  return { kind: 'class', class: name, ...(below ? { below: canonicalDn(below) } : {}) }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return refuse('400', 'Invalid URL')
  }
}
