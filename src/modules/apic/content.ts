import { load } from 'js-yaml'
import { apicClasses } from '../../diff/apic/classes.ts'
import { isBomb } from '../../model/expanded-size.ts'
import { FailureError } from '../../model/failure.ts'
import { isMapping, type Value } from '../../model/value.ts'

/** The dn of a path below /api/mo: '/api/node/mo/uni/tn-a.json?…' → 'uni/tn-a'. '' for another path. */
export function dnOfPath(path: string): string {
  const bare = path.split('?')[0] ?? ''
  return /^\/api\/(?:node\/|policymgr\/)?mo\/(.*?)\/?(?:\.(?:json|xml))?$/.exec(bare)?.[1] ?? ''
}

/** What is wrong with a path, or null. */
export function pathMistake(path: string, method: 'get' | 'post' | 'delete'): string | null {
  if (path === '/') return "missing required argument 'path'"
  if (/\.xml(\?|$)/.test(path)) return 'weft speaks JSON with an APIC: end the path in .json'
  if (!path.startsWith('/api/')) return 'a path of the APIC starts with /api/'
  if (method !== 'get' && dnOfPath(path) === '') {
    return `a ${method} can be planned below /api/mo/ only: elsewhere there is nothing to compare it with`
  }
  return null
}

/**
 * The body of a post as a value: a mapping as it is, text read as JSON or YAML.
 * @throws FailureError invalid for XML and for what is neither.
 */
export function parseContent(content: Value): Value {
  if (typeof content !== 'string') return content
  if (content.trimStart().startsWith('<')) throw new FailureError(xml())
  const value = loaded(content)
  if (!isBomb(value, content)) return value
  throw new FailureError({
    code: 'invalid',
    message: 'The aliases of the content expand to too many values.',
    remedy: 'Use fewer nested anchors.',
  })
}

function loaded(content: string): Value {
  try {
    return load(content) as Value
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new FailureError({ code: 'invalid', message: `The content is neither JSON nor YAML: ${reason}` }, error)
  }
}

/**
 * A body whose class weft does not know, and that carries neither dn nor rn, is the object at the path that it is posted to.
 */
export function placed(tree: Value, dn: string): Value {
  if (!isMapping(tree)) return tree
  return Object.fromEntries(
    Object.entries(tree).map(([name, object]) => {
      const attributes = isMapping(object) && isMapping(object.attributes) ? object.attributes : null
      if (apicClasses.has(name) || !attributes || attributes.dn || attributes.rn || !isMapping(object))
        return [name, object]
      return [name, { ...object, attributes: { ...attributes, dn } }]
    }),
  )
}

function xml() {
  return {
    code: 'invalid' as const,
    message: 'The content is XML, which weft does not read.',
    remedy:
      'Write it as JSON or YAML: {fvTenant: {attributes: {name: …}, children: […]}}. The APIC exports both forms.',
  }
}
