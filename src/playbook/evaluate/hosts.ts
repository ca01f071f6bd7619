import type { Expression } from '../language/expression.ts'
import { defined, type Operand } from '../python/operand.ts'
import { str } from '../python/text.ts'
import type { Frame } from './frame.ts'
import { isSet } from './names.ts'

/** hostvars and vars are too large to be rendered whole: what is asked of them by name is fetched by name. */

type Evaluate = (node: Expression, frame: Frame) => Operand
type Step = Extract<Expression, { type: 'attribute' | 'item' }>

/** What hostvars[host], hostvars[host].name or vars[name] is; null where the expression is none of them. */
export function ofHosts(node: Step, frame: Frame, evaluate: Evaluate): { value: Operand | undefined } | null {
  const { of } = node
  const { services } = frame.machine
  if (isWhole(of, frame)) {
    const key = keyOf(node, frame, evaluate)
    return { value: of.name === 'vars' ? services.variable(key) : services.hostvars(key) }
  }
  if ((of.type === 'attribute' || of.type === 'item') && of.of.type === 'name' && of.of.name === 'hostvars') {
    if (isSet('hostvars', frame)) return null
    const host = keyOf(of, frame, evaluate)
    return { value: services.hostvar(host, keyOf(node, frame, evaluate)) }
  }
  return null
}

function isWhole(node: Expression, frame: Frame): node is Extract<Expression, { type: 'name' }> {
  return node.type === 'name' && (node.name === 'hostvars' || node.name === 'vars') && !isSet(node.name, frame)
}

function keyOf(node: Step, frame: Frame, evaluate: Evaluate): string {
  return node.type === 'attribute' ? node.name : str(defined(evaluate(node.key, frame)))
}

/** Whether a host is in hostvars; null where something else is asked. */
export function hostsContain(
  operator: string,
  host: Operand,
  { next, frame }: { next: Expression; frame: Frame },
): boolean | null {
  if (!operator.endsWith('in') || next.type !== 'name' || next.name !== 'hostvars' || isSet('hostvars', frame))
    return null
  const hosts = frame.machine.services.call('hostvars', { args: [], named: {} })
  return (Array.isArray(hosts) && hosts.includes(host)) === (operator === 'in')
}
