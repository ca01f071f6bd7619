import { isMapping } from '../../model/value.ts'

/** Fields that name the entries of Kubernetes lists, the telling ones first. */
const FIELDS = ['name', 'key', 'ip', 'mountPath', 'containerPort', 'port', 'type', 'cidr', 'peerAddress', 'host']

/** The field that tells the entries of both lists apart, or null where order is all there is. */
export function listKeyOf(before: readonly unknown[], after: readonly unknown[]): string | null {
  return FIELDS.find(field => tellsApart(before, field) && tellsApart(after, field)) ?? null
}

function tellsApart(list: readonly unknown[], field: string): boolean {
  const values = list.map(entry => (isMapping(entry) ? entry[field] : undefined))
  if (values.some(value => typeof value !== 'string' && typeof value !== 'number')) return false
  return new Set(values).size === values.length
}
