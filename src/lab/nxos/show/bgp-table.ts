import type { Route, RouteFamily, RoutePath } from '../control-plane.ts'
import { after, command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { bgpVrfs, type ConfiguredVrf } from './bgp-config.ts'

export const bgpTableCommands: readonly ExecCommand[] = [
  command('show ip bgp [<network>] [vrf <vrf>]', request => show(request, 'ipv4'), 'bgp'),
  command('show ipv6 bgp [<network>] [vrf <vrf>]', request => show(request, 'ipv6'), 'bgp'),
  command('show bgp ipv4 unicast [<network>] [vrf <vrf>]', request => show(request, 'ipv4'), 'bgp'),
  command('show bgp ipv6 unicast [<network>] [vrf <vrf>]', request => show(request, 'ipv6'), 'bgp'),
  command('show bgp vrf <vrf> ipv4 unicast [<network>]', request => show(request, 'ipv4'), 'bgp'),
  command('show bgp vrf <vrf> ipv6 unicast [<network>]', request => show(request, 'ipv6'), 'bgp'),
]

/** The BGP table: what the control plane has learnt by BGP; what the switch originates is not in it. */
function show({ state, words }: ExecRequest, family: RouteFamily): ExecAnswer {
  const wanted = after(words, 'vrf') ?? 'default'
  const network = words.find(word => word.includes('/'))
  const vrfs = bgpVrfs(state.running).filter(vrf => wanted === 'all' || vrf.name === wanted)
  const tables = vrfs.map(vrf => {
    const routes = state.control
      .routes(vrf.name, family)
      .filter(route => network === undefined || route.prefix === network)
    return { vrf, routes: routes.filter(route => route.paths.some(path => path.source.startsWith('bgp'))) }
  })
  const data = tables.length === 0 ? {} : { TABLE_vrf: { ROW_vrf: tables.map(table => vrfRow(table, family)) } }
  return { text: tables.map(table => text(table, family)).join('\n'), data }
}

interface Table {
  readonly vrf: ConfiguredVrf
  readonly routes: readonly Route[]
}

const names: Record<RouteFamily, string> = { ipv4: 'IPv4 Unicast', ipv6: 'IPv6 Unicast' }

function text({ vrf, routes }: Table, family: RouteFamily): string {
  const lines = routes.flatMap(route => route.paths.map((path, index) => line(route, path, index)))
  return `BGP routing table information for VRF ${vrf.name}, address family ${names[family]}
BGP table version is ${routes.length + 2}, Local Router ID is ${vrf.routerId}
Status: s-suppressed, x-deleted, S-stale, d-dampened, h-history, *-valid, >-best
Path type: i-internal, e-external, c-confed, l-local, a-aggregate, r-redist, I-injected
Origin codes: i - IGP, e - EGP, ? - incomplete, | - multipath, & - backup, 2 - best2

   Network            Next Hop            Metric     LocPrf     Weight Path
${lines.join('')}`
}

/** The best path first, further ECMP paths marked with `|`; a long prefix stands on a line of its own. */
function line(route: Route, path: RoutePath, index: number): string {
  const status = `*${index === 0 ? '>' : '|'}${path.kind === 'internal' ? 'i' : 'e'}`
  const prefix = index === 0 ? route.prefix : ''
  const name = prefix.length > 18 ? `${prefix}\n${' '.repeat(22)}` : prefix.padEnd(19)
  const preference = (path.kind === 'internal' ? '100' : '').padStart(11)
  return `${status}${name}${path.nextHop.padEnd(16)}${' '.repeat(10)}${preference}${'0'.padStart(11)} ${asPath(path)} i\n`
}

function vrfRow({ vrf, routes }: Table, family: RouteFamily): object {
  const rows = routes.map(route => ({
    ipprefix: route.prefix,
    TABLE_path: {
      ROW_path: route.paths.map((path, index) => ({
        pathnr: index,
        status: '*',
        best: index === 0 ? 'bestpath' : 'multipath',
        type: path.kind === 'internal' ? 'internal' : 'external',
        ipnexthop: path.nextHop,
        weight: 0,
        aspath: asPath(path),
        origin: 'igp',
      })),
    },
  }))
  const table = rows.length === 0 ? {} : { TABLE_prefix: { ROW_prefix: rows } }
  const saf = {
    safi: 1,
    'af-name': names[family],
    'table-version': routes.length + 2,
    'router-id': vrf.routerId,
    ...table,
  }
  const afi = { afi: family === 'ipv4' ? 1 : 2, TABLE_safi: { ROW_safi: [saf] } }
  return { 'vrf-name-out': vrf.name, TABLE_afi: { ROW_afi: [afi] } }
}

function asPath(path: RoutePath): string {
  return (path.asPath ?? (path.tag === undefined ? [] : [path.tag])).join(' ')
}
