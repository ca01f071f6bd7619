import { parseCli } from '../../diff/cli/tree.ts'
import { FailureError } from '../../model/failure.ts'
import type { CliLine, CliTree } from '../../model/nxos.ts'
import { remembered } from '../../model/remembered.ts'

/** Lines that begin something at the top of a configuration. */
const TOP =
  /^(no |default )?(interface|router|vrf context|route-map|vlan|line|vpc|evpn|ip|ipv6|feature|hostname|switchname|snmp-server|ntp|logging|username|class-map|policy-map|key chain|nv|fabric|spanning-tree|system|hardware|clock|aaa|tacacs-server|radius-server|banner|boot|cli|copp|errdisable|mac|track|nxapi|ssh|telemetry|service|cfs|power|vdc|role|object-group|template|monitor|event|install|license|xml|control-plane|rmon|callhome|lldp|cdp|udld|vtp|sflow|flow|ip-|grpc|crypto|scheduler|time-range|port-|no)\b/i
const OPENER =
  /^(interface|router|vrf context|route-map|vlan \d|line (console|vty)|vpc domain|evpn$|ip(v6)? access-list) ?/i
const LEAVING = /^(exit|end|exit-.*|configure( terminal)?|conf t)$/i

/**
 * The lines of a task in their contexts: `lines` within `parents`, or the whole tree of `src`. Indented lines are inside the line above.
 * @throws FailureError invalid for a line that stands behind a context, not inside it: on a switch it would land where nobody said.
 */
export function wantedLines(lines: readonly string[], parents: readonly string[]): readonly CliLine[] {
  return linesOfTask(JSON.stringify([lines, parents]))
}

/** A fabric's switches are told mostly the same. */
const linesOfTask = remembered(task => {
  const [lines, parents] = JSON.parse(task) as [string[], string[]]
  return readLines(lines, parents)
})

function readLines(lines: readonly string[], parents: readonly string[]): CliLine[] {
  const tree = parseCli(lines.join('\n')).filter(node => !LEAVING.test(node.line))
  if (parents.length === 0) refuseStrays(tree)
  return flatten(tree, parents)
}

function flatten(tree: CliTree, parents: readonly string[]): CliLine[] {
  return tree
    .filter(node => !LEAVING.test(node.line))
    .flatMap(node => [{ parents, line: node.line }, ...flatten(node.children, [...parents, node.line])])
}

function refuseStrays(tree: CliTree): void {
  let open: string | null = null
  for (const { line, children } of tree) {
    if (open !== null && !TOP.test(line)) throw stray(line, open)
    open = OPENER.test(line) && children.length === 0 ? line : null
  }
}

function stray(line: string, context: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `'${line}' stands behind '${context}', not inside it.`,
    remedy: `Put '${context}' into parents:, or indent '${line}' below it.`,
  })
}
