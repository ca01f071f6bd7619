import type { Arguments, Expression } from './expression.ts'

/**
 * An expression as minijinja source that means what Jinja2 under Ansible means by it:
 * - filters, tests, methods and lookups are ours (x|weft_NAME([args], {named})), so that both sides agree on their meaning;
 * - what is read from a variable must be defined, also where minijinja would let it pass (==, not, if);
 * - before default and in `is defined` a missing parent counts as missing, not as an error.
 */
export function printExpression(expression: Expression, locals: ReadonlySet<string>): string {
  return print(expression, locals)
}

type Locals = ReadonlySet<string>

function print(node: Expression, locals: Locals): string {
  switch (node.type) {
    case 'literal':
      return printLiteral(node)
    case 'name':
    case 'attribute':
    case 'item':
      return defined(chain(node, locals))
    case 'list':
      return `[${node.entries.map(entry => print(entry, locals)).join(', ')}]${node.tuple ? '|weft_tuple' : ''}`
    case 'mapping':
      return `{${node.entries.map(([key, value]) => `${print(key, locals)}: ${print(value, locals)}`).join(', ')}}`
    case 'slice':
      return `(${print(node.of, locals)})|weft_slice([${node.parts.map(part => (part ? print(part, locals) : 'none')).join(', ')}])`
    case 'call':
      return printCall(node, locals)
    case 'filter':
      return printFilter(node, locals)
    case 'test':
      return node.not ? `(not ${printTest(node, locals)})` : printTest(node, locals)
    case 'unary':
      return `(${node.operator === 'not' ? 'not ' : node.operator === '-' ? '-' : ''}${print(node.of, locals)})`
    case 'binary':
      return printBinary(node, locals)
    case 'compare':
      return printCompare(node, locals)
    case 'choice':
      return `(${print(node.yes, locals)} if ${print(node.test, locals)} else ${node.no ? print(node.no, locals) : '""'})`
  }
}

/** A name that no template can define: calling it is how an undefined value stops the evaluation. */
export const UNDEFINED = 'weft_undefined'

function defined(source: string): string {
  return `(${source} if ${source} is defined else ${UNDEFINED}())`
}

function printLiteral(node: Extract<Expression, { type: 'literal' }>): string {
  if (node.value === null) return 'none'
  if (typeof node.value === 'string') return quote(node.value)
  if (typeof node.value === 'number') return numberSource(node.written ?? '', node.value)
  return String(node.value)
}

function numberSource(written: string, value: number): string {
  if (/^\d[\d_]*$/.test(written)) return Number.isSafeInteger(value) ? String(value) : written.replaceAll('_', '')
  if (Number.isInteger(value)) return /^0[xob]/i.test(written) ? String(value) : `${value.toFixed(1)}`
  return String(value)
}

/** Text as a minijinja literal. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A name, attribute or item without the demand to be defined; its parents must be. */
function chain(node: Expression, locals: Locals): string {
  if (node.type === 'name') return nameOf(node.name, locals)
  if (node.type === 'attribute')
    return step(node.of, quote(node.name), locals) ?? `${base(node.of, locals)}.${node.name}`
  if (node.type === 'item') {
    const key = print(node.key, locals)
    return step(node.of, key, locals) ?? `${base(node.of, locals)}[${key}]`
  }
  return print(node, locals)
}

/** A list that the template appends to lives in a namespace, where minijinja lets it change. */
export function nameOf(name: string, locals: Locals): string {
  return locals.has(`${name}!`) ? `weft_kept.${name}` : name
}

function base(node: Expression, locals: Locals): string {
  const chained = node.type === 'name' || node.type === 'attribute' || node.type === 'item'
  return chained ? chain(node, locals) : `(${print(node, locals)})`
}

/** hostvars and vars are too large to be handed over: what is asked of them is fetched by name. */
function step(of: Expression, key: string, locals: Locals): string | null {
  if (of.type === 'name' && !locals.has(of.name) && (of.name === 'hostvars' || of.name === 'vars'))
    return `((${key})|weft_${of.name})[0]`
  if (
    (of.type === 'item' || of.type === 'attribute') &&
    of.of.type === 'name' &&
    of.of.name === 'hostvars' &&
    !locals.has('hostvars')
  ) {
    const host = of.type === 'item' ? print(of.key, locals) : quote(of.name)
    return `([${host}, ${key}]|weft_hostvar)[0]`
  }
  return null
}

/** As chain, but a missing parent makes the whole missing instead of failing. */
function lenient(node: Expression, locals: Locals): string {
  if (node.type === 'name') return nameOf(node.name, locals)
  if (node.type === 'attribute' || node.type === 'item') {
    const key = node.type === 'attribute' ? quote(node.name) : print(node.key, locals)
    return step(node.of, key, locals) ?? `((${lenient(node.of, locals)})|weft_get(${key}))[0]`
  }
  if (node.type === 'filter' && MAYBE.has(shortName(node.name))) return maybe(node, print(node.of, locals), locals)
  if (node.type === 'choice' && node.no === null) return `(${print(node.yes, locals)} if ${print(node.test, locals)})`
  return print(node, locals)
}

function argumentList({ positional, named }: Arguments, locals: Locals): string {
  const list = `[${positional.map(each => print(each, locals)).join(', ')}]`
  if (named.length === 0) return list
  return `${list}, {${named.map(([name, value]) => `${quote(name)}: ${print(value, locals)}`).join(', ')}}`
}

const PREFIX = /^(ansible\.(builtin|legacy|utils|netcommon|posix)|community\.(general|network))\./

/** 'ansible.utils.ipaddr' is 'ipaddr'. */
export function shortName(name: string): string {
  return name.replace(PREFIX, '')
}

/** Filters of ours whose result is a float in Python even when it is whole: 8 / 2 shows as 4.0. */
const FLOATS = new Set(['float', 'round', 'root', 'log', 'pow'])

function printFilter(node: Extract<Expression, { type: 'filter' }>, locals: Locals): string {
  const name = shortName(node.name)
  if (name === 'default' || name === 'd') {
    const [fallback, also] = [...node.args.positional, ...node.args.named.map(([, value]) => value)]
    const value = fallback ? print(fallback, locals) : '""'
    return `(${lenient(node.of, locals)})|default(${value}${also ? `, ${print(also, locals)}` : ''})`
  }
  const of = name === 'mandatory' || name === 'type_debug' ? lenient(node.of, locals) : print(node.of, locals)
  const printed = `(${of})|weft_filter(${quote(node.name)}, ${argumentList(node.args, locals)})`
  if (MAYBE.has(name)) return defined(maybe(node, of, locals))
  return FLOATS.has(name) ? `(${printed})|float` : `(${printed})`
}

/** Only an index past the end is undefined for minijinja, so such filters answer with a list of one or none. */
function maybe(node: Extract<Expression, { type: 'filter' }>, of: string, locals: Locals): string {
  return `((${of})|weft_maybe(${quote(node.name)}, ${argumentList(node.args, locals)}))[0]`
}

/** Filters that may find nothing: what they give is demanded to be defined, unless a default follows. */
const MAYBE = new Set(['first', 'last', 'min', 'max', 'extract', 'attr', 'random'])

function printTest(node: Extract<Expression, { type: 'test' }>, locals: Locals): string {
  const name = shortName(node.name)
  if (name === 'defined' || name === 'undefined') return `((${lenient(node.of, locals)}) is ${name})`
  if (name === 'float' || name === 'integer' || name === 'number') return `((${print(node.of, locals)}) is ${name})`
  return `((${print(node.of, locals)})|weft_test(${quote(node.name)}, ${argumentList(node.args, locals)}))`
}

/** Functions of Jinja that minijinja has itself. */
const NATIVE = new Set(['range', 'dict', 'namespace', 'cycler', 'joiner', 'caller', 'super'])

function printCall(node: Extract<Expression, { type: 'call' }>, locals: Locals): string {
  const { of } = node
  if (of.type === 'name') {
    if (locals.has(of.name) || NATIVE.has(of.name)) return `${of.name}(${nativeArguments(node.args, locals)})`
    return `${quote(of.name)}|weft_call(${argumentList(node.args, locals)})`
  }
  if (of.type !== 'attribute') return `${base(of, locals)}(${nativeArguments(node.args, locals)})`
  const onLocal =
    of.of.type === 'name' && (of.of.name === 'loop' || of.of.name === 'self' || locals.has(`${of.of.name}.`))
  if (onLocal) return `${chain(of, locals)}(${nativeArguments(node.args, locals)})`
  const called = `(${print(of.of, locals)})|weft_method(${quote(of.name)}, ${argumentList(node.args, locals)})`
  return of.name === 'total_seconds' ? `(${called})|float` : called
}

function nativeArguments({ positional, named }: Arguments, locals: Locals): string {
  return [
    ...positional.map(each => print(each, locals)),
    ...named.map(([name, value]) => `${name}=${print(value, locals)}`),
  ].join(', ')
}

function printBinary(node: Extract<Expression, { type: 'binary' }>, locals: Locals): string {
  const left = print(node.left, locals)
  const right = print(node.right, locals)
  if (node.operator === '~') return `((${left})|weft_text ~ (${right})|weft_text)`
  if (node.operator === '%' && node.left.type === 'literal' && typeof node.left.value === 'string')
    return `(${left}|weft_filter("format", ${node.right.type === 'list' ? right.replace(/\|weft_tuple$/, '') : `[${right}]`}))`
  // Written out, minijinja would do it while parsing, where no fuel stops it.
  if (node.operator === '*' && (isSequence(node.left) || isSequence(node.right)))
    return `([${left}, ${right}]|weft_repeat)`
  if (
    node.operator === '*' &&
    !isNumeric(node.left) &&
    !(node.right.type === 'literal' && Number(node.right.value) <= 1000)
  )
    return `(${left} * ${right} if ${left} is number and ${right} is number else [${left}, ${right}]|weft_repeat)`
  if (node.operator === '+' || node.operator === '-' || node.operator === '*')
    return operation(node.operator, left, right)
  return `(${left} ${node.operator} ${right})`
}

function isSequence(node: Expression): boolean {
  return node.type === 'list' || (node.type === 'literal' && typeof node.value === 'string')
}

/** Certainly a number, so that * cannot mean repetition. */
function isNumeric(node: Expression): boolean {
  if (node.type === 'literal') return typeof node.value === 'number' && node.value <= 1000
  if (node.type === 'filter') return /^(int|float|length|count|round|abs)$/.test(node.name)
  if (node.type === 'binary')
    return /^(-|\/|\/\/|\*\*)$/.test(node.operator) || (isNumeric(node.left) && isNumeric(node.right))
  return false
}

/** Dates subtract, lists repeat: things that minijinja's operators do not do. */
function operation(operator: string, left: string, right: string): string {
  return operator === '-' && /weft_filter\("(\w+\.)*to_datetime"/.test(left)
    ? `((${left})|weft_filter("weft_minus", [${right}]))`
    : `(${left} ${operator} ${right})`
}

function printCompare(node: Extract<Expression, { type: 'compare' }>, locals: Locals): string {
  let left = print(node.first, locals)
  const links = node.rest.map(([operator, value]) => {
    const isHosts = value.type === 'name' && value.name === 'hostvars' && !locals.has('hostvars')
    const right = isHosts ? '"hostvars"|weft_call([])' : print(value, locals)
    const link = operator === 'not in' ? `(not (${left} in ${right}))` : `(${left} ${operator} ${right})`
    left = right
    return link
  })
  return links.length === 1 ? (links[0] as string) : `(${links.join(' and ')})`
}
