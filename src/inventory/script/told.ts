import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { wrongForm } from './complaint.ts'
import type { ToldGroup, ToldVariables } from './scripts.ts'

/**
 * The groups of what `--list` printed: a list of hosts, {hosts, vars, children}, or a mapping without any of these, which are the variables of a
 * host that is called like the group (Ansible's script plugin). Throws FailureError (invalid).
 */
export function groupsOf(list: Readonly<Record<string, Value>>, file: string): ToldGroup[] {
  return Object.entries(list)
    .filter(([name]) => name !== '_meta')
    .map(([name, body]) => groupOf(name, body, file))
}

const PARTS = ['hosts', 'vars', 'children']

function groupOf(name: string, body: Value, file: string): ToldGroup {
  if (Array.isArray(body))
    return { name, hosts: namesOf(body, { of: name, what: 'hosts', file }), children: [], variables: {} }
  if (!isMapping(body)) throw wrongForm(file, `the group "${name}" is neither a list of hosts nor a mapping`)
  const isPlain = !PARTS.some(part => Object.hasOwn(body, part))
  if (isPlain && name !== 'all' && name !== 'ungrouped')
    return { name, hosts: [name], children: [], variables: groupVariables(body, name, file) }
  return {
    name,
    hosts: namesOf(body.hosts, { of: name, what: 'hosts', file }),
    children: namesOf(body.children, { of: name, what: 'children', file }),
    variables: groupVariables(isPlain ? body : body.vars, name, file),
  }
}

function namesOf(value: Value | undefined, at: { of: string; what: string; file: string }): string[] {
  if (value === undefined || value === null) return []
  const isGood = Array.isArray(value) && value.every(name => typeof name === 'string' && name.trim() !== '')
  if (isGood) return value as string[]
  throw wrongForm(at.file, `the ${at.what} of the group "${at.of}" are not a list of names`)
}

function groupVariables(value: Value | undefined, name: string, file: string): Variables {
  const { values, data } = variablesOf(value, `the variables of the group "${name}"`, file)
  if (data.size === 0) return values
  throw wrongForm(
    file,
    `the group "${name}" has __ansible_unsafe in ${[...data].join(', ')}, which weft takes of hosts only`,
  )
}

/** Variables as a script prints them; `what` names them for a complaint. Throws FailureError (invalid). */
export function variablesOf(value: Value | undefined, what: string, file: string): ToldVariables {
  if (value === undefined || value === null) return { values: {}, data: new Set() }
  if (!isMapping(value) || Object.hasOwn(value, '__proto__'))
    throw wrongForm(file, `${what} are not a mapping of names to values`)
  const data = new Set<string>()
  const entries = Object.entries(value).map(([name, each]) => {
    const plain = unwrapped(
      each,
      () => data.add(name),
      () => {
        throw wrongForm(file, `${what}: ${name} is encrypted with ansible-vault, which weft cannot decrypt yet`)
      },
    )
    return [name, plain] as const
  })
  return { values: Object.fromEntries(entries), data }
}

/** Ansible's JSON has two forms of its own: {"__ansible_unsafe": text} and {"__ansible_vault": text}. */
function unwrapped(value: Value, onUnsafe: () => void, onVault: () => void): Value {
  if (Array.isArray(value)) return value.map(each => unwrapped(each, onUnsafe, onVault))
  if (!isMapping(value)) return value
  if (Object.hasOwn(value, '__ansible_vault')) onVault()
  const unsafe = value.__ansible_unsafe
  if (typeof unsafe === 'string') {
    onUnsafe()
    return unsafe
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unwrapped(each, onUnsafe, onVault)]))
}
