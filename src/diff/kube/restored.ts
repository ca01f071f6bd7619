import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '../../model/kube.ts'
import { isMapping } from '../../model/value.ts'
import { notKept } from './kept.ts'

/**
 * What weft applies to bring an object from what it is now back to what it was, having applied `declared` in between: what is declared
 * with its old values, and what is to come back. What it leaves out and nobody else owns goes, as server-side apply has it; what others
 * own stays, so that nothing of theirs is written over.
 */
export function restored(now: KubeObject, then: KubeObject, declared: KubeObject): KubeObject {
  const { apiVersion, kind } = declared
  const { name, namespace } = then.metadata
  const identity = { name, ...(namespace === undefined ? {} : { namespace }) }
  const fields = parts(now, then, declared)
  const metadata = isMapping(fields.metadata) ? fields.metadata : {}
  return { ...fields, apiVersion, kind, metadata: { ...metadata, ...identity } } as KubeObject
}

type Fields = Readonly<Record<string, unknown>>

function parts(now: Fields, then: Fields, declared: Fields): Record<string, unknown> {
  const names = [...new Set([...Object.keys(declared), ...Object.keys(then)])]
  return Object.fromEntries(
    names.flatMap(name => part(now[name], then[name], declared[name]).map(value => [name, value])),
  )
}

/** One field of it, or none. */
function part(now: unknown, then: unknown, declared: unknown): unknown[] {
  if (then === undefined) return []
  if (isDeepStrictEqual(now, then)) return declared === undefined ? [] : [declaredPart(then, declared)]
  if (isMapping(now) && isMapping(then)) {
    const inner = parts(now, then, isMapping(declared) ? declared : {})
    return Object.keys(inner).length > 0 || declared !== undefined ? [inner] : []
  }
  return [then]
}

/** Of what does not change, no more than was declared. */
function declaredPart(value: unknown, declared: unknown): unknown {
  if (isMapping(value) && isMapping(declared)) return parts(value, value, declared)
  return notKept(declared, value).length === 0 ? declared : value
}
