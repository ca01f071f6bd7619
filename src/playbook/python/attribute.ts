import { didYouMean } from '../../model/nearest.ts'
import { formatValue } from './formats/format.ts'
import { itemOf } from './item.ts'
import { given, type Method } from './methods/arguments.ts'
import { LIST_METHODS, TUPLE_METHODS } from './methods/list.ts'
import { MAPPING_METHODS } from './methods/mapping.ts'
import { FLOAT_METHODS, INTEGER_METHODS, NUMBER_ATTRIBUTES } from './methods/number.ts'
import { TEXT_METHODS } from './methods/text.ts'
import {
  type CallArguments,
  defined,
  isDict,
  isGroup,
  isList,
  isSpecial,
  isUndefined,
  type Operand,
  orElse,
  shapeOf,
  special,
  typeName,
} from './operand.ts'
import { entryAt } from './sequence.ts'
import { MOST_LETTERS, repr, str } from './text.ts'

const NONE: Readonly<Record<string, Method>> = {}
const TEXT: Readonly<Record<string, Method>> = { ...TEXT_METHODS, format }

function methodsOf(value: Operand): Readonly<Record<string, Method>> {
  if (typeof value === 'string') return TEXT
  if (isList(value))
    return shapeOf(value) === 'list' ? LIST_METHODS : shapeOf(value) === 'dict_items' ? NONE : TUPLE_METHODS
  if (isDict(value)) return MAPPING_METHODS
  const type = typeName(value)
  return type === 'int' || type === 'bool' ? INTEGER_METHODS : type === 'float' ? FLOAT_METHODS : NONE
}

/** value.name as Jinja reads it: an attribute or method first, then an item; undefined when there is neither. */
export function attributeOf(value: Operand, name: string): Operand | undefined {
  return orElse(ownAttribute(value, name), () => itemAt(value, name))
}

/** value[key] as Jinja reads it: an item first, then, for a text, an attribute; undefined when there is neither. */
export function subscriptOf(value: Operand, key: Operand): Operand | undefined {
  return orElse(itemAt(value, key), () => (typeof key === 'string' ? ownAttribute(value, key) : undefined))
}

function itemAt(value: Operand, key: Operand): Operand | undefined {
  if (isDict(value)) return itemOf(value, defined(key))
  return typeof value === 'string' || isList(value) ? entryAt(value, key) : undefined
}

/** value.name where that is no item. */
export function ownAttribute(value: Operand, name: string): Operand | undefined {
  if (isUndefined(value)) return value
  if (isSpecial(value)) return value.attribute?.(name)
  if (isList(value) && isGroup(value) && /^(grouper|list)$/.test(name)) return value[name === 'list' ? 1 : 0]
  const methods = methodsOf(value)
  if (Object.hasOwn(methods, name)) return bound(value, name, methods[name] as Method)
  const isNumber = methods === INTEGER_METHODS || methods === FLOAT_METHODS
  return isNumber && Object.hasOwn(NUMBER_ATTRIBUTES, name)
    ? NUMBER_ATTRIBUTES[name]?.(value as number | bigint)
    : undefined
}

/** A method that was named and not called yet. */
function bound(value: Operand, name: string, method: Method): Operand {
  return special({
    type: 'builtin_function_or_method',
    text: () => `<built-in method ${name} of ${typeName(value)} object>`,
    call: call => method(value as never, call),
  })
}

/** value.name(…); undefined where it is no method of such a value, but perhaps something to be called. */
export function methodOf(value: Operand, name: string): Method | undefined {
  const methods = methodsOf(value)
  return Object.hasOwn(methods, name) ? methods[name] : undefined
}

/** What is said of value.name() when there is no such method. */
export function noMethod(value: Operand, name: string): string {
  const near = didYouMean(name, Object.keys(methodsOf(value)))
  return `'${typeName(value)} object' has no attribute '${name}': .${name}() is not a method of ${typeName(value)}.${near}`
}

/** 'x {0} {name.part[0]!r:>5}'.format(…). Throws Error where a place has no value. */
function format(template: string, call: CallArguments): string {
  const state = { next: 0, letters: 0 }
  return expand(template, call, state, 2)
}

const FIELD = /\{\{|\}\}|\{((?:[^{}]|\{[^{}]*\})*)\}|[{}]/g

function expand(
  template: string,
  call: CallArguments,
  state: { next: number; letters: number },
  levels: number,
): string {
  return template.replace(FIELD, (all, field: string | undefined) => {
    if (all === '{{' || all === '}}') return all[0] as string
    if (field === undefined) throw new Error(`Single '${all}' encountered in format string`)
    if (levels === 0) throw new Error('Max string recursion exceeded')
    const [, path = '', conversion, spec = ''] = /^([^!:]*)(?:!([^:]*))?(?::([\s\S]*))?$/.exec(field) ?? []
    const value = converted(fieldValue(path, call, state), conversion)
    const shown = formatValue(value, expand(spec, call, state, levels - 1))
    state.letters += shown.length
    if (state.letters > MOST_LETTERS) throw new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
    return shown
  })
}

function converted(value: Operand, conversion: string | undefined): Operand {
  if (conversion === undefined) return value
  if (conversion === 's') return str(value)
  if (conversion === 'r' || conversion === 'a') return repr(value)
  throw new Error(`Unknown conversion specifier '${conversion}'`)
}

function fieldValue(path: string, call: CallArguments, state: { next: number }): Operand {
  const head = /^[^.[]*/.exec(path)?.[0] ?? ''
  const place = head === '' ? state.next++ : /^\d+$/.test(head) ? Number(head) : null
  const start = place === null ? given(call, Number.POSITIVE_INFINITY, head) : given(call, place)
  if (start === undefined)
    throw new Error(
      place === null
        ? `format: there is no "${head}"`
        : `Replacement index ${place} out of range for positional args tuple`,
    )
  let value: Operand = start
  for (const [, name, key = ''] of path.slice(head.length).matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    if (name?.startsWith('__')) throw new Error(`access to "${name}" is unsafe: names that start with __ are internals`)
    const found: Operand | undefined =
      name === undefined ? itemAt(value, /^\d+$/.test(key) ? Number(key) : key) : ownAttribute(value, name)
    if (found === undefined) throw new Error(`format: there is no "${name ?? key}" in {${path}}`)
    value = found
  }
  return value
}
