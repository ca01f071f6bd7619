import type { ApicObject } from '../../model/apic.ts'
import { classes } from './classes/index.ts'
import { type Filter, parseFilter } from './filter.ts'
import { type Entry, type Included, present } from './present.ts'
import { refuse } from './refusal.ts'
import type { Store } from './store.ts'

export interface Answer {
  /** Over all pages, as a string. */
  readonly totalCount: string
  readonly imdata: readonly Entry[]
}

/** What is asked: an object by its dn, or all of a class (below a dn, if one is given). */
export type Question =
  | { readonly by: 'dn'; readonly dn: string }
  | { readonly by: 'class'; readonly class: string; readonly below?: string }

interface Options {
  readonly target: string
  readonly targetClasses: ReadonlySet<string> | null
  readonly targetFilter: Filter | null
  readonly subtree: string
  readonly subtreeClasses: ReadonlySet<string> | null
  readonly subtreeFilter: Filter | null
  readonly include: ReadonlySet<string>
  readonly included: Included
}

/** Answers a GET. Throws Refused for unknown classes and wrong options. */
export function answer(store: Store, question: Question, search: URLSearchParams): Answer {
  const options = readOptions(search)
  const found = select(store, question, options).filter(object => options.targetFilter?.(object) ?? true)
  const sorted = sort(found, search.get('order-by'))
  const kept = options.include.has('required') ? sorted.filter(object => hasMatch(store, object, options)) : sorted
  if (options.include.has('count')) return count(kept.length)
  const page = cut(kept, search)
  return {
    totalCount: String(kept.length),
    imdata: page.map(object => entry(store, object, { options, nested: false })),
  }
}

function readOptions(search: URLSearchParams): Options {
  return {
    target: oneOf(search, 'query-target', ['self', 'children', 'subtree']),
    targetClasses: readClasses(search.get('target-subtree-class')),
    targetFilter: readFilter(search.get('query-target-filter')),
    subtree: oneOf(search, 'rsp-subtree', ['no', 'children', 'full', 'modified']),
    subtreeClasses: readClasses(search.get('rsp-subtree-class')),
    subtreeFilter: readFilter(search.get('rsp-subtree-filter')),
    include: new Set((search.get('rsp-subtree-include') ?? '').split(',')),
    included: oneOf(search, 'rsp-prop-include', ['all', 'naming-only', 'config-only', 'set-config-only']) as Included,
  }
}

function select(store: Store, question: Question, options: Options): readonly ApicObject[] {
  const roots = selectRoots(store, question)
  const widened = roots.flatMap(root => widen(store, root, options.target))
  const wanted = options.targetClasses
  return wanted && options.target !== 'self' ? widened.filter(object => wanted.has(object.class)) : widened
}

function selectRoots(store: Store, question: Question): readonly ApicObject[] {
  if (question.by === 'dn') {
    const object = store.get(question.dn)
    return object ? [object] : []
  }
  const asked = question.class.split(',')
  const unknown = asked.find(name => !classes.has(name))
  if (unknown !== undefined) refuse('400', `Request failed, unresolved class for ${unknown}`)
  const found = asked.flatMap(name => store.ofClass(name))
  const { below } = question
  return below === undefined ? found : found.filter(object => object.dn.startsWith(`${below}/`))
}

function widen(store: Store, root: ApicObject, target: string): readonly ApicObject[] {
  if (target === 'self') return [root]
  if (target === 'children') return store.children(root.dn)
  return [root, ...store.children(root.dn).flatMap(child => widen(store, child, 'subtree'))]
}

function entry(store: Store, object: ApicObject, at: { options: Options; nested: boolean }): Entry {
  const attributes = present(store, object, { nested: at.nested, included: at.options.included })
  const children = at.options.subtree === 'no' ? [] : nest(store, object, at.options)
  return { [object.class]: children.length > 0 ? { attributes, children } : { attributes } }
}

/** Children below an object; what the class or the filter keeps out stays only as the way to what they let in. */
function nest(store: Store, object: ApicObject, options: Options): Entry[] {
  return store.children(object.dn).flatMap(child => {
    const deeper = options.subtree === 'full' ? nest(store, child, options) : []
    if (!inSubtree(child, options) && deeper.length === 0) return []
    const attributes = present(store, child, { nested: true, included: options.included })
    return [{ [child.class]: deeper.length > 0 ? { attributes, children: deeper } : { attributes } }]
  })
}

function inSubtree(object: ApicObject, options: Options): boolean {
  if (!options.include.has('count') && options.subtreeClasses && !options.subtreeClasses.has(object.class)) return false
  return options.subtreeFilter?.(object) ?? true
}

function hasMatch(store: Store, object: ApicObject, options: Options): boolean {
  return store
    .children(object.dn)
    .some(child => inSubtree(child, options) || (options.subtree === 'full' && hasMatch(store, child, options)))
}

function count(amount: number): Answer {
  const attributes = { childAction: '', count: String(amount), dn: '', lcOwn: 'local', modTs: 'never', status: '' }
  return { totalCount: '1', imdata: [{ moCount: { attributes } }] }
}

/** order-by=class.property|asc,… */
function sort(objects: readonly ApicObject[], order: string | null): readonly ApicObject[] {
  if (!order) return objects
  const keys = order.split(',').map(key => {
    const [property = '', direction = 'asc'] = key.split('|')
    return { name: property.split('.')[1] ?? '', sign: direction === 'desc' ? -1 : 1 }
  })
  const value = (object: ApicObject, name: string) => (name === 'dn' ? object.dn : (object.attributes[name] ?? ''))
  return objects.toSorted((left, right) => {
    const differing = keys.find(({ name }) => value(left, name) !== value(right, name))
    return differing ? differing.sign * (value(left, differing.name) < value(right, differing.name) ? -1 : 1) : 0
  })
}

function cut(objects: readonly ApicObject[], search: URLSearchParams): readonly ApicObject[] {
  const size = Number(search.get('page-size') ?? '0')
  if (!Number.isInteger(size) || size < 0) refuse('400', `Invalid page-size ${search.get('page-size')}`)
  // The APIC refuses answers of more than 100,000 objects on a page.
  if (size === 0 && objects.length > 100_000) refuse('400', 'Unable to process the query, result dataset is too big')
  const page = Number(search.get('page') ?? '0')
  return size === 0 ? objects : objects.slice(page * size, (page + 1) * size)
}

function readClasses(text: string | null): ReadonlySet<string> | null {
  if (!text) return null
  const names = text.split(',')
  const unknown = names.find(name => !classes.has(name))
  if (unknown !== undefined) refuse('400', `Request failed, unresolved class for ${unknown}`)
  return new Set(names)
}

function readFilter(text: string | null): Filter | null {
  return text ? parseFilter(text) : null
}

function oneOf(search: URLSearchParams, name: string, values: readonly string[]): string {
  const value = search.get(name) ?? values[0] ?? ''
  return values.includes(value) ? value : refuse('400', `Invalid value '${value}' for ${name}`)
}
