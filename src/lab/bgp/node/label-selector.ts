import { at, listAt, textAt } from './cluster.ts'

/** A Kubernetes label selector (matchLabels, matchExpressions); an absent one selects everything. */
export function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries((at(selector, 'matchLabels') ?? {}) as Record<string, unknown>)
  return (
    wanted.every(([name, value]) => labels[name] === String(value)) &&
    listAt(selector, 'matchExpressions').every(expression => holds(expression, labels))
  )
}

function holds(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const label = labels[textAt(expression, 'key') ?? '']
  const values = listAt(expression, 'values').map(String)
  const operator = textAt(expression, 'operator')
  if (operator === 'In') return label !== undefined && values.includes(label)
  if (operator === 'NotIn') return label === undefined || !values.includes(label)
  if (operator === 'Exists') return label !== undefined
  return operator === 'DoesNotExist' && label === undefined
}
