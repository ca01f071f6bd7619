import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '../../model/kube.ts'
import { isMapping } from '../../model/value.ts'

export const WEFT = 'weft'

/** Who owns fields of an object, of metadata.managedFields; status and scale, which controllers keep, are left out. */
export interface FieldManager {
  readonly name: string
  readonly operation: 'Apply' | 'Update'
  /** FieldsV1: {'f:spec': {'f:replicas': {}}}. */
  readonly fields: Readonly<Record<string, unknown>>
}

export function managersOf(object: KubeObject): FieldManager[] {
  const { managedFields } = object.metadata
  const entries = Array.isArray(managedFields) ? managedFields.filter(isMapping) : []
  return entries
    .filter(({ subresource }) => subresource === undefined || subresource === '')
    .map(({ manager, operation, fieldsV1 }) => ({
      name: String(manager),
      operation: operation === 'Apply' ? 'Apply' : 'Update',
      fields: isMapping(fieldsV1) ? fieldsV1 : {},
    }))
}

/** Parts of Kubernetes and of the CNIs that write into objects which somebody else has made. */
const SYSTEM =
  /^(kube-(controller-manager|scheduler|apiserver)|kubelet|cloud-controller-manager|calico-\S+|tigera-operator|operator|cilium-\S+)$/

/** The name of somebody else, neither weft nor a controller, who owns fields of an object; undefined when nobody does. */
export function stranger(object: KubeObject): string | undefined {
  return managersOf(object).find(({ name }) => name !== WEFT && !SYSTEM.test(name))?.name
}

/** The manager other than weft that owns the most of an object; undefined when none does. */
export function mainOwner(object: KubeObject): string | undefined {
  const others = managersOf(object).filter(({ name }) => name !== WEFT)
  return others.toSorted((one, other) => size(other.fields) - size(one.fields))[0]?.name
}

/** What weft itself had applied of an object, or null where it had not. */
export function appliedByWeft(object: KubeObject): KubeObject | null {
  const own = managersOf(object).find(({ name, operation }) => name === WEFT && operation === 'Apply')
  if (!own) return null
  const { apiVersion, kind } = object
  const { name, namespace } = object.metadata
  const picked = pick(object, own.fields) as Record<string, unknown>
  const metadata = { ...(isMapping(picked.metadata) ? picked.metadata : {}), name, ...(namespace ? { namespace } : {}) }
  return { ...picked, apiVersion, kind, metadata } as KubeObject
}

/** The part of a value that a set of fields names; entries of lists by their keys (k:) or values (v:). */
function pick(value: unknown, fields: Readonly<Record<string, unknown>>): unknown {
  const names = Object.keys(fields).filter(name => name !== '.')
  if (names.length === 0) return value
  if (isMapping(value)) {
    const known = names.filter(name => name.startsWith('f:') && Object.hasOwn(value, name.slice(2)))
    return Object.fromEntries(known.map(name => [name.slice(2), pick(value[name.slice(2)], inner(fields[name]))]))
  }
  if (!Array.isArray(value)) return value
  return value.flatMap(entry => {
    const name = names.find(each => isNamed(entry, each))
    return name === undefined ? [] : [pick(entry, inner(fields[name]))]
  })
}

function isNamed(entry: unknown, name: string): boolean {
  if (!/^[kv]:/.test(name)) return false
  const wanted = JSON.parse(name.slice(2)) as unknown
  if (name.startsWith('v:')) return isDeepStrictEqual(entry, wanted)
  return isMapping(entry) && isMapping(wanted) && Object.entries(wanted).every(([key, value]) => entry[key] === value)
}

function inner(fields: unknown): Readonly<Record<string, unknown>> {
  return isMapping(fields) ? fields : {}
}

function size(fields: Readonly<Record<string, unknown>>): number {
  return Object.values(fields).reduce<number>((sum, each) => sum + 1 + size(inner(each)), 0)
}
