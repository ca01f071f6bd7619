import ipaddr from 'ipaddr.js'
import type { Config } from '../config/node.ts'
import type { Route, RouteFamily, RoutePath } from '../control-plane.ts'
import { isoDuration, shortDuration } from '../duration.ts'
import { after, command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { shortInterface } from '../grammar/interface-name.ts'
import type { SwitchState } from '../state.ts'
import { interfaceFacts } from './interface-facts.ts'
import { interfaceState } from './interface-state.ts'
import { vrfNames } from './vrf-names.ts'

const filters = '[<network>|<ip>] [bgp|direct|local|static] [vrf <vrf>]'

export const routeCommands: readonly ExecCommand[] = [
  command(`show ip route ${filters}`, request => showRoutes(request, 'ipv4')),
  command(`show ipv6 route ${filters}`, request => showRoutes(request, 'ipv6')),
]

/** The routing table of a VRF: what the configuration connects, static routes, and what the control plane learnt. */
export function routesOf(state: SwitchState, vrf: string, family: RouteFamily): Route[] {
  const all = [...connected(state, vrf, family), ...statics(state, vrf, family), ...state.control.routes(vrf, family)]
  const merged = new Map<string, Route>()
  for (const route of all) {
    const present = merged.get(route.prefix)
    const best = Math.min(...[...(present?.paths ?? []), ...route.paths].map(path => path.preference))
    const paths = [...(present?.paths ?? []), ...route.paths].filter(path => path.preference === best)
    merged.set(route.prefix, { ...route, paths })
  }
  return [...merged.values()].sort((a, b) => order.compare(a.prefix, b.prefix))
}

const order = new Intl.Collator('en', { numeric: true })

function showRoutes({ state, words }: ExecRequest, family: RouteFamily): ExecAnswer {
  const vrf = after(words, 'vrf') ?? 'default'
  const names = vrf === 'all' ? vrfNames(state.running) : [vrf]
  const target = words.slice(3).find(word => /[.:]/.test(word))
  const source = words.slice(3).find(word => ['bgp', 'direct', 'local', 'static'].includes(word))
  const tables = names.map(name => ({ name, routes: select(routesOf(state, name, family), target, source) }))
  const data = { TABLE_vrf: { ROW_vrf: tables.map(({ name, routes }) => vrfRow(name, family, routes)) } }
  return { text: tables.map(({ name, routes }) => text(name, family, routes)).join('\n'), data }
}

function select(routes: Route[], target?: string, source?: string): Route[] {
  const bySource = source ? routes.filter(route => route.paths.some(path => path.source.startsWith(source))) : routes
  if (target === undefined) return bySource
  if (target.includes('/')) return bySource.filter(route => route.prefix === target)
  const address = ipaddr.parse(target)
  const holding = bySource.filter(route => covers(route.prefix, address))
  return holding.sort((a, b) => Number(b.prefix.split('/')[1]) - Number(a.prefix.split('/')[1])).slice(0, 1)
}

function covers(prefix: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [network, length] = ipaddr.parseCIDR(prefix)
  return network.kind() === address.kind() && address.match(network, length)
}

function text(vrf: string, family: RouteFamily, routes: readonly Route[]): string {
  const title = family === 'ipv4' ? `IP Route Table for VRF "${vrf}"` : `IPv6 Routing Table for VRF "${vrf}"`
  const legend = `'*' denotes best ucast next-hop\n'**' denotes best mcast next-hop\n'[x/y]' denotes [preference/metric]\n`
  const strings = family === 'ipv4' ? `'%<string>' in via output denotes VRF <string>\n` : ''
  const blocks = routes.map(route => {
    const attached = isAttached(route) ? ', attached' : ''
    const head = `${route.prefix}, ubest/mbest: ${route.paths.length}/0${attached}\n`
    return head + route.paths.map(path => pathLine(path)).join('')
  })
  return `${title}\n${legend}${strings}\n${blocks.join('')}`
}

function pathLine(path: RoutePath): string {
  const way = path.interface === undefined ? '' : `, ${shortInterface(path.interface)}`
  const kind = path.kind === undefined ? '' : `, ${path.kind}`
  const tag = path.tag === undefined ? '' : `, tag ${path.tag}`
  return `    *via ${path.nextHop}${way}, [${path.preference}/${path.metric}], ${shortDuration(path.since)}, ${path.source}${kind}${tag}\n`
}

function vrfRow(vrf: string, family: RouteFamily, routes: readonly Route[]): object {
  const rows = routes.map(route => ({
    ipprefix: route.prefix,
    'ucast-nhops': route.paths.length,
    'mcast-nhops': 0,
    attached: String(isAttached(route)),
    TABLE_path: { ROW_path: route.paths.map(pathRow) },
  }))
  const table = rows.length === 0 ? { addrf: family } : { addrf: family, TABLE_prefix: { ROW_prefix: rows } }
  return { 'vrf-name-out': vrf, TABLE_addrf: { ROW_addrf: [table] } }
}

function pathRow(path: RoutePath): object {
  return {
    ipnexthop: path.nextHop,
    ...(path.interface === undefined ? {} : { ifname: shortInterface(path.interface) }),
    uptime: isoDuration(path.since),
    pref: path.preference,
    metric: path.metric,
    clientname: path.source,
    ...(path.kind === undefined ? {} : { type: path.kind }),
    ...(path.tag === undefined ? {} : { tag: path.tag }),
    ubest: 'true',
  }
}

function isAttached(route: Route): boolean {
  return route.paths.some(path => path.source === 'direct' || path.source === 'local')
}

function connected(state: SwitchState, vrf: string, family: RouteFamily): Route[] {
  const inside = interfaceFacts(state.running).filter(each => each.vrf === vrf && interfaceState(state, each).up)
  return inside.flatMap(each =>
    (family === 'ipv4' ? each.ipv4 : each.ipv6).flatMap(address => {
      const [host = '', length = ''] = address.split('/')
      const path = { nextHop: host, interface: each.name, preference: 0, metric: 0, since: state.booted }
      const network = (family === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(address).toString()
      const route = (prefix: string, source: string): Route => ({ vrf, family, prefix, paths: [{ ...path, source }] })
      return [route(`${host}/${family === 'ipv4' ? 32 : 128}`, 'local'), route(`${network}/${length}`, 'direct')]
    }),
  )
}

function statics(state: SwitchState, vrf: string, family: RouteFamily): Route[] {
  const start = family === 'ipv4' ? 'ip route ' : 'ipv6 route '
  const lines: Config =
    vrf === 'default' ? state.running : (state.running.find(node => node.line === `vrf context ${vrf}`)?.children ?? [])
  return lines
    .filter(node => node.line.startsWith(start))
    .map(node => {
      const [prefix = '', nextHop = ''] = node.line.slice(start.length).split(' ')
      const path = { nextHop, source: 'static', preference: 1, metric: 0, since: state.booted }
      return { vrf, family, prefix, paths: [path] }
    })
}
