import { noteFloats, writtenFloats } from './as-written.ts'
import type { Value, Variables } from './value.ts'

/** Variables from one source. `written` says whether people wrote them (all, none, or those of a set): only such may hold templates. */
export interface Layer {
  readonly values: Variables
  readonly written: boolean | ReadonlySet<string>
}

/**
 * The variables that a template sees, and the names among them that people wrote: in plays, roles, inventories, variables files and on the
 * command line. Only those are rendered when they are named, and once. Every other value is data: what a device, a program, another host
 * or a loop gave is handed on letter for letter, whatever stands in it. A name that nobody vouches for is data.
 */
export interface Scope extends Layer {
  readonly written: ReadonlySet<string>
}

/** Variables that people wrote: they may hold templates. */
export function written(values: Variables): Layer {
  return { values, written: true }
}

/** Variables that came from outside or were computed: never templates. */
export function data(values: Variables): Layer {
  return { values, written: false }
}

/** Layers as one scope, weakest first: the last one to have a name decides its value and whether that is data. */
export function layered(layers: readonly Layer[]): Scope {
  const values: Variables = Object.assign({}, ...layers.map(layer => layer.values))
  const names = new Set<string>()
  for (const layer of layers) {
    if (layer.written === false && names.size === 0) continue
    for (const name of Object.keys(layer.values))
      if (layer.written === true || (layer.written !== false && layer.written.has(name))) names.add(name)
      else names.delete(name)
  }
  carryFloats(layers, values)
  return { values, written: names }
}

/** Which variables are floats though they are whole: what the last layer to have the name says. */
function carryFloats(layers: readonly Layer[], values: Variables): void {
  if (!layers.some(layer => writtenFloats(layer.values))) return
  const names = new Set<string>()
  for (const layer of layers) {
    const floats = writtenFloats(layer.values)
    for (const name of Object.keys(layer.values))
      if (floats?.has(name)) names.add(name)
      else names.delete(name)
  }
  noteFloats(values, names)
}

/** The scope with some data over it: a loop's variables, a result that is judged. */
export function withData(scope: Scope, values: Readonly<Record<string, Value>>): Scope {
  const hides = Object.keys(values).some(name => scope.written.has(name))
  if (hides) return layered([scope, data(values)])
  const all = { ...scope.values, ...values }
  if (writtenFloats(scope.values) || writtenFloats(values)) carryFloats([scope, data(values)], all)
  return { values: all, written: scope.written }
}

/** Those of a scope's variables that people wrote. */
export function writtenOf({ values, written: names }: Scope): Variables {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)))
}

/** Variables that are all written, as a scope by themselves. */
export function writtenScope(values: Variables): Scope {
  return layered([written(values)])
}
