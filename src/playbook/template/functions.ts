import { didYouMean } from '../../model/nearest.ts'
import type { Scope } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'
import { globalNames } from '../evaluate/globals.ts'
import { leave } from '../python/crossing.ts'
import type { CallArguments } from '../python/operand.ts'
import type { Renderer } from './renderer.ts'

/** Functions that templates may call: lookup, query, q, and a few more. Throws Error for an unknown one. */
export function callFunction(
  name: string,
  call: CallArguments,
  { renderer, scope }: { renderer: Renderer; scope: Scope },
): Value | undefined {
  if (name === 'hostvars') return renderer.dataOf([...(renderer.options.hostNames?.() ?? [])])
  if (name === 'lookup' || name === 'query' || name === 'q') return lookup(name, call, { renderer, scope })
  throw new Error(`'${name}' is undefined: there is no function ${name}.${didYouMean(name, globalNames())}`)
}

function lookup(form: string, { args, named }: CallArguments, at: { renderer: Renderer; scope: Scope }): Value {
  const [name, ...terms] = args.map(leave)
  const { wantlist, errors, ...options } = Object.fromEntries(
    Object.entries(named).map(([key, value]) => [key, leave(value)]),
  )
  const list = form !== 'lookup' || wantlist === true
  try {
    const found = at.renderer.lookup(String(name), { args: terms, named: options }, at.scope)
    if (list) return found
    if (found.length === 1) return found[0] as Value
    return found.length > 0 && found.every(entry => typeof entry === 'string') ? found.join(',') : found
  } catch (error) {
    if (errors === 'ignore' || errors === 'warn') return list ? [] : null
    throw error
  }
}
