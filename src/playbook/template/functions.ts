import { didYouMean } from '../../model/nearest.ts'
import type { Scope } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'
import type { CallArguments } from '../jinja/engine.ts'
import { pythonText } from '../jinja/python.ts'
import type { Renderer } from './renderer.ts'

/** Functions that templates may call: lookup, query, q, and a few more. Throws Error for an unknown one. */
export function callFunction(
  name: string,
  call: CallArguments,
  { renderer, scope }: { renderer: Renderer; scope: Scope },
): Value | undefined {
  if (name === 'hostvars') return renderer.dataOf([...(renderer.options.hostNames?.() ?? [])])
  if (name === 'lookup' || name === 'query' || name === 'q') return lookup(name, call, { renderer, scope })
  if (name === 'now') return new Date().toISOString().replace('T', ' ').replace('Z', '000')
  if (name === 'undef') throw new Error(`${pythonText(call.args[0] ?? 'a value')} is undefined`)
  throw new Error(
    `'${name}' is undefined: there is no function ${name}.${didYouMean(name, ['lookup', 'query', 'range', 'dict', 'namespace'])}`,
  )
}

function lookup(form: string, { args, named }: CallArguments, at: { renderer: Renderer; scope: Scope }): Value {
  const [name, ...terms] = args
  const { wantlist, errors, ...options } = named
  const list = form !== 'lookup' || wantlist === true
  try {
    const found = at.renderer.lookup(String(name), { args: terms, named: options }, at.scope)
    if (list) return found
    if (found.length === 1) return found[0] as Value
    return found.every(entry => typeof entry !== 'object' || entry === null) ? found.map(pythonText).join(',') : found
  } catch (error) {
    if (errors === 'ignore' || errors === 'warn') return list ? [] : null
    throw error
  }
}
