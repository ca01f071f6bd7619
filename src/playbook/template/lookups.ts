import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { matchHosts } from '../../inventory/pattern.ts'
import { readTextFile } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import { didYouMean } from '../../model/nearest.ts'
import { type Scope, withData } from '../../model/scope.ts'
import { expressionOf, matches } from '../../model/timed-search.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { applyFilter } from '../filters/index.ts'
import { shortName } from '../language/short-name.ts'
import { isTrue } from '../python/compare.ts'
import { leave } from '../python/crossing.ts'
import { entriesOf } from '../python/mapping.ts'
import { tuple } from '../python/operand.ts'
import { shown } from '../python/text.ts'
import { findBelow } from './find.ts'
import { literalText } from './literal-text.ts'
import { sequence } from './lookup-sequence.ts'
import { compiledTemplate } from './memo.ts'
import type { LookupCall, Renderer } from './renderer.ts'

interface At {
  readonly renderer: Renderer
  readonly scope: Scope
}

type Lookup = (terms: readonly Value[], named: Readonly<Record<string, Value>>, at: At) => Value[]

/** lookup('NAME', terms…), always as a list. Throws Error for an unknown lookup or what it cannot find. */
export function lookUp(name: string, { args, named }: LookupCall, at: At): Value[] {
  const short = shortName(name)
  const lookup = Object.hasOwn(LOOKUPS, short) ? LOOKUPS[short] : undefined
  if (!lookup) throw new Error(`lookup plugin (${name}) not found.${didYouMean(short, Object.keys(LOOKUPS))}`)
  // What is asked of a variable is what the variable is; all else comes from outside.
  return short === 'vars' ? lookup(args, named, at) : at.renderer.dataOf(lookup(args, named, at))
}

/** The names of all lookups. */
export function lookupNames(): string[] {
  return Object.keys(LOOKUPS)
}

function found(name: string, inside: readonly string[], { renderer }: At): string {
  const folders = renderer.options.folders ?? [process.cwd()]
  const file = findBelow(folders, name, inside)
  if (file !== null) return file
  throw new Error(`could not locate file in lookup: ${name}; looked in ${folders.join(', ')}`)
}

const file: Lookup = (terms, { lstrip = false, rstrip = true }, at) =>
  terms.map(term => {
    const text = readTextFile(found(shown(term), ['files'], at))
    const left = isTrue(lstrip) ? text.trimStart() : text
    return isTrue(rstrip) ? left.trimEnd() : left
  })

const FILE = { file: true }

const template: Lookup = (terms, { template_vars, convert_data = true }, at) =>
  terms.map(term => {
    const path = found(shown(term), ['templates'], at)
    const scope = isMapping(template_vars) ? withData(at.scope, template_vars) : at.scope
    const text = at.renderer.readTemplate(path)
    const rendered = at.renderer.run(compiledTemplate(text, FILE), text, scope, FILE).text
    return isTrue(convert_data) ? literalText(rendered) : rendered
  })

const env: Lookup = (terms, named) => terms.map(term => process.env[shown(term)] ?? named.default ?? '')

/** Output of a command on the machine that weft runs on. Throws FailureError unsafe where nothing may be started. */
function shell(command: string, { renderer }: At): string {
  if (!renderer.options.mayStart) throw notStarted()
  renderer.runsProgram()
  const result = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
  if (result.status === 0) return result.stdout
  throw new Error(`lookup pipe: the command failed with exit code ${result.status}: ${result.stderr.trim()}`)
}

function notStarted(): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: 'the lookups pipe and lines start a program that the repository names; a plan does not.',
    remedy: 'Allow it in your own settings (docs/settings.md): allow_in_plan: [pipe].',
  })
}

const vars: Lookup = (terms, named, at) =>
  terms.map(term => {
    const known = at.renderer.resolve(shown(term), at.scope)
    const value = known === undefined ? named.default : known
    if (value === undefined) throw new Error(`'${shown(term)}' is undefined: no variable of that name`)
    return value
  })

const firstFound: Lookup = (terms, named, at) => {
  const searches = terms
    .flatMap(term => (Array.isArray(term) ? term : [term]))
    .map(term => (isMapping(term) ? { ...named, ...term } : { ...named, files: [term] }))
  for (const { files = [], paths = [] } of searches as { files?: Value; paths?: Value }[]) {
    const names = listOf(files)
    const folders = listOf(paths)
    for (const name of folders.length === 0
      ? names
      : folders.flatMap(folder => names.map(each => `${folder}/${each}`))) {
      const file = findBelow(at.renderer.options.folders ?? [], name, ['files', 'templates', 'vars', 'tasks'])
      if (file !== null) return [file]
    }
  }
  if (searches.some(search => isTrue((search as { skip?: Value }).skip ?? false))) return []
  throw new Error('No file was found when using first_found.')
}

function listOf(value: Value): string[] {
  return (Array.isArray(value) ? value : shown(value).split(/[,;]/)).map(entry => shown(entry as Value))
}

const fileglob: Lookup = (terms, _, { renderer }) =>
  terms.flatMap(term => {
    for (const folder of renderer.options.folders ?? []) {
      const matches = [
        `${folder}/files/${shown(term)}`,
        shown(term).startsWith('/') ? shown(term) : `${folder}/${shown(term)}`,
      ]
        .map(pattern => globSync(pattern).filter(name => statSync(name).isFile()))
        .find(list => list.length > 0)
      if (matches) return matches.sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
    }
    return []
  })

const flattened = (terms: readonly Value[], levels: number): Value[] =>
  terms.flatMap(term => (Array.isArray(term) && levels > 0 ? flattened(term, levels - 1) : [term as Value]))

const nested: Lookup = terms =>
  terms
    .map(term => (Array.isArray(term) ? term : [term]))
    .reduce<Value[][]>((all, list) => all.flatMap(head => list.map(entry => [...head, entry as Value])), [[]])

const subelements: Lookup = ([list, path, flags]) => {
  const skip = isMapping(flags) && isTrue(flags.skip_missing ?? false)
  const services = { args: [path ?? '', skip], named: {}, services: undefined as never }
  const found = applyFilter('subelements', list ?? [], services) as [Value, Value][]
  return found.map(([parent, entry]) => tuple([without(parent, String(path).split('.')), entry]) as Value)
}

/** An entry without the list below it that is gone through: each turn has that entry by itself. */
function without(parent: Value, [name = '', ...rest]: readonly string[]): Value {
  if (!isMapping(parent)) return parent
  const { [name]: inner = null, ...others } = parent
  return rest.length === 0 ? others : { ...parent, [name]: without(inner, rest) }
}

const password: Lookup = (terms, named) =>
  terms.map(term => {
    const [file, ...words] = shown(term).split(/\s+/)
    const options = { ...named, ...Object.fromEntries(words.map(word => word.split('='))) }
    if (file !== '/dev/null') throw new Error('weft keeps no passwords in files: only /dev/null is supported')
    const length = Number(options.length ?? 20)
    if (!(length >= 1 && length <= 1000)) throw new Error('the length of a password is 1 to 1000')
    return Array.from({ length }, () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)]).join('')
  })

const PASSWORD_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-_'

/** A lookup that is the filter of that name, on its first argument. */
const asFilter =
  (name: string): Lookup =>
  ([of = null, ...args], named) => {
    const found = applyFilter(name, of, { args, named, services: undefined as never })
    return [found === undefined ? null : leave(found)]
  }

const LOOKUPS: Readonly<Record<string, Lookup>> = {
  file,
  template,
  env,
  vars,
  first_found: firstFound,
  fileglob,
  nested,
  cartesian: nested,
  subelements,
  sequence: terms => terms.flatMap(sequence),
  pipe: (terms, _, at) => terms.map(term => shell(shown(term), at).trimEnd()),
  lines: (terms, _, at) => terms.flatMap(term => shell(shown(term), at).replace(/\n$/, '').split('\n')),
  items: terms => flattened(terms, 1),
  list: terms => [...terms],
  flattened: terms => flattened(terms, 1000),
  dict: terms =>
    terms.flatMap(term =>
      isMapping(term) ? entriesOf(term).map(([key, value]) => ({ key, value: value as Value })) : wrongDict(),
    ),
  together: terms => {
    const lists = terms.map(term => (Array.isArray(term) ? term : [term]) as Value[])
    return Array.from({ length: Math.max(0, ...lists.map(list => list.length)) }, (_, index) =>
      lists.map(list => list[index] ?? null),
    )
  },
  indexed_items: terms => flattened(terms, 1).map((entry, index) => [index, entry]),
  random_choice: terms => {
    const list = flattened(terms, 1)
    return list.length === 0 ? [] : [list[Math.floor(Math.random() * list.length)] as Value]
  },
  varnames: (terms, _, { scope }) => {
    const wanted = terms.map(term => expressionOf(shown(term)))
    return Object.keys(scope.values).filter(name => wanted.some(expression => matches(expression, name)))
  },
  inventory_hostnames: (terms, _, { scope }) => {
    const groups = scope.values.groups
    return isMapping(groups) ? terms.flatMap(term => hostsOf(shown(term), groups)) : []
  },
  unvault: (terms, named, at) => file(terms, named, at),
  config: () => wrongConfig(),
  password,
  get_path: asFilter('get_path'),
  to_paths: asFilter('to_paths'),
  csvfile: (terms, named, at) => terms.map(term => csv(shown(term), named, at)),
}

function wrongDict(): never {
  throw new Error('the dict lookup expects a dictionary')
}

function wrongConfig(): never {
  throw new Error('this lookup is not supported by weft')
}

function hostsOf(pattern: string, groups: Readonly<Record<string, Value>>): string[] {
  const lists = new Map(Object.entries(groups).map(([name, hosts]) => [name, (hosts as string[]) ?? []]))
  const all = lists.get('all') ?? []
  const hosts = new Map(all.map(name => [name, { name, groups: [], variables: {} }]))
  return matchHosts(
    {
      hosts,
      groups: lists,
      children: new Map(),
      sources: [],
      warnings: [],
      parts: { groups: new Map(), hosts: new Map(), folders: [], sources: [], warnings: [] },
    },
    pattern,
  )
}

function csv(key: string, named: Readonly<Record<string, Value>>, at: At): Value {
  const delimiter = shown(named.delimiter ?? 'TAB').replace(/^TAB$|^\\t$/, '\t')
  const rows = readFileSync(found(shown(named.file ?? 'ansible.csv'), ['files'], at), 'utf8').split(/\r?\n/)
  const row = rows.map(line => line.split(delimiter)).find(cells => cells[0] === key)
  return row?.[Number(named.col ?? 1)] ?? named.default ?? ''
}
