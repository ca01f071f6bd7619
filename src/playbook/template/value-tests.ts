import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { didYouMean } from '../../model/nearest.ts'
import { timedSearch } from '../../model/timed-search.ts'
import type { FilterCall } from '../filters/filter.ts'
import { filterNames } from '../filters/index.ts'
import { IP_TESTS } from '../filters/ip-tests.ts'
import { pythonExpression } from '../filters/regex.ts'
import { compareVersions } from '../filters/version.ts'
import { shortName } from '../language/short-name.ts'
import { calculate } from '../python/arithmetic.ts'
import { compare, contains, isEqual, isTrue } from '../python/compare.ts'
import {
  defined,
  isDict,
  isFloat,
  isInteger,
  isList,
  isNumber,
  isSpecial,
  isUndefined,
  type Operand,
  shapeOf,
  typeName,
} from '../python/operand.ts'
import { str } from '../python/text.ts'

/** Tests that may be asked of what is undefined. */
const ASKS_UNDEFINED = new Set(
  'defined undefined none string boolean true false integer float number mapping sequence sameas callable'.split(' '),
)

/** Applies `value is NAME(args)`. Throws Error for an unknown test or a value that it cannot be asked of. */
export function applyTest(name: string, of: Operand, call: FilterCall): boolean {
  const short = shortName(name)
  const test = Object.hasOwn(TESTS, short) ? TESTS[short] : undefined
  if (!test) throw new Error(`no test named '${name}'.${didYouMean(name, Object.keys(TESTS))}`)
  if (!ASKS_UNDEFINED.has(short)) for (const each of [of, ...call.args]) defined(each)
  return test(of, call.args, call.named)
}

/** The names of all tests, for the check of templates before a run. */
export function testNames(): string[] {
  return Object.keys(TESTS)
}

type Test = (of: Operand, args: readonly Operand[], named: Readonly<Record<string, Operand>>) => boolean

/** A flag of a registered result; anything but a result cannot be asked. */
function flag(of: Operand, name: string): boolean {
  if (!isDict(of)) throw new Error(`The '${name}' test expects a dictionary, a registered result`)
  return isTrue(of[name] ?? false)
}

const failed: Test = of => flag(of, 'failed')
const changed: Test = of => {
  if (!isDict(of)) return flag(of, 'changed')
  const { results } = of
  if (of.changed === undefined && Array.isArray(results))
    return results.some(each => isDict(each) && isTrue(each.changed ?? false))
  return flag(of, 'changed')
}
const skipped: Test = of => flag(of, 'skipped')
const ordered =
  (holds: (order: number) => boolean): Test =>
  (of, [other = null]) =>
    holds(compare(of, other))
const equal: Test = (of, [other = null]) => isEqual(of, other)
const within: Test = (of, [list = null]) => contains(list, of)
const list = (value: Operand): readonly Operand[] => (Array.isArray(value) ? value : [value])
const subset: Test = (of, [other = null]) => list(of).every(entry => contains(other, entry))
const superset: Test = (of, [other = null]) => list(other).every(entry => contains(of, entry))
const expression =
  (anchor: (source: string) => string): Test =>
  (of, [pattern = ''], named) => {
    const text = str(of)
    const wanted = pythonExpression(anchor(str(pattern)), { named, text })
    return timedSearch(wanted, text, () => wanted.test(text))
  }
const path =
  (check: (name: string) => boolean): Test =>
  of =>
    check(str(of))

/** What is left of a number. A text would be a format to fill, which leaves no number. */
function remainder(of: Operand, by: Operand): Operand {
  if (isNumber(of) && isNumber(by)) return calculate('%', of, by)
  throw new Error(`unsupported operand type(s) for %: '${typeName(of)}' and '${typeName(by)}'`)
}

/** Python's `is`: numbers and texts are the same where they are equal, lists and mappings where they are one. */
function isSameObject(of: Operand, other: Operand): boolean {
  if (isUndefined(of) || isUndefined(other)) return of === other
  return typeName(of) === typeName(other) && (Array.isArray(of) || isDict(of) ? of === other : isEqual(of, other))
}

function isUri(of: Operand, schemes: readonly string[] | null): boolean {
  const scheme = /^([A-Za-z][A-Za-z\d+.-]*):/.exec(str(of))?.[1]?.toLowerCase() ?? ''
  return schemes === null || schemes.includes(scheme)
}

function isKind(name: string, kind: 'isFile' | 'isDirectory' | 'isSymbolicLink'): boolean {
  try {
    return (kind === 'isSymbolicLink' ? lstatSync(name) : statSync(name))[kind]()
  } catch {
    return false
  }
}

const version: Test = (of, [other = '', operator = '=='], named) =>
  compareVersions(str(of), str(other), {
    operator: String(named.operator ?? operator),
    type: String(named.version_type ?? 'loose'),
  })

const TESTS: Readonly<Record<string, Test>> = {
  failed,
  failure: failed,
  succeeded: of => !failed(of, [], {}),
  success: of => !failed(of, [], {}),
  successful: of => !failed(of, [], {}),
  changed,
  change: changed,
  skipped,
  skip: skipped,
  unreachable: of => flag(of, 'unreachable'),
  reachable: of => !flag(of, 'unreachable'),
  started: of => flag(of, 'started'),
  finished: of => flag(of, 'finished'),
  none: of => of === null,
  string: of => typeof of === 'string',
  boolean: of => typeof of === 'boolean',
  true: of => of === true,
  false: of => of === false,
  truthy: (of, _args, { convert_bool }) =>
    convert_bool ? isTrue(of) && !/^(no|false|off|0|n)$/i.test(str(of)) : isTrue(of),
  falsy: (of, _args, { convert_bool }) =>
    !(convert_bool ? isTrue(of) && !/^(no|false|off|0|n)$/i.test(str(of)) : isTrue(of)),
  number: isNumber,
  integer: of => isInteger(of) && typeof of !== 'boolean',
  float: isFloat,
  mapping: isDict,
  sequence: of => Array.isArray(of) || typeof of === 'string' || isDict(of),
  iterable: of => Array.isArray(of) || typeof of === 'string' || isDict(of),
  list: of => isList(of) && shapeOf(of) === 'list',
  callable: of => isUndefined(of) || (isSpecial(of) && of.call !== undefined),
  defined: of => !isUndefined(of),
  undefined: of => isUndefined(of),
  even: of => isEqual(remainder(of, 2), 0),
  odd: of => isEqual(remainder(of, 2), 1),
  divisibleby: (of, args, named) => isEqual(remainder(of, args[0] ?? named.num ?? null), 0),
  eq: equal,
  equalto: equal,
  '==': equal,
  ne: (of, args, named) => !equal(of, args, named),
  '!=': (of, args, named) => !equal(of, args, named),
  sameas: (of, [other = null]) => isSameObject(of, other),
  lt: ordered(order => order < 0),
  lessthan: ordered(order => order < 0),
  '<': ordered(order => order < 0),
  le: ordered(order => order <= 0),
  '<=': ordered(order => order <= 0),
  gt: ordered(order => order > 0),
  greaterthan: ordered(order => order > 0),
  '>': ordered(order => order > 0),
  ge: ordered(order => order >= 0),
  '>=': ordered(order => order >= 0),
  in: within,
  contains: (of, [entry = null]) => contains(of, entry),
  subset,
  issubset: subset,
  superset,
  issuperset: superset,
  any: of => list(of).some(isTrue),
  all: of => list(of).every(isTrue),
  lower: of => str(of) === str(of).toLowerCase(),
  upper: of => str(of) === str(of).toUpperCase(),
  match: expression(source => {
    const flags = /^\(\?[aiLmsux]+\)/.exec(source)?.[0] ?? ''
    return `${flags}\\A(?:${source.slice(flags.length)})`
  }),
  search: expression(source => source),
  regex: (of, args, named) => {
    const kind = named.match_type === undefined ? 'search' : str(named.match_type)
    const test = TESTS[kind === 'search' ? 'search' : 'match']
    const pattern = str(args[0] ?? '')
    const whole = kind === 'fullmatch' ? [`(?:${pattern})\\Z`] : args
    return test?.(of, whole, named) ?? false
  },
  version,
  version_compare: version,
  exists: path(existsSync),
  file: path(name => isKind(name, 'isFile')),
  directory: path(name => isKind(name, 'isDirectory')),
  link: path(name => isKind(name, 'isSymbolicLink')),
  link_exists: path(name => isKind(name, 'isSymbolicLink')),
  abs: path(isAbsolute),
  mount: () => false,
  same_file: (of, [other = '']) =>
    existsSync(str(of)) && existsSync(str(other)) && realpathSync(str(of)) === realpathSync(str(other)),
  nan: of => Number.isNaN(Number(of)),
  isnan: of => Number.isNaN(Number(of)),
  vault_encrypted: of => str(of).startsWith('$ANSIBLE_VAULT'),
  uri: (of, [schemes = null]) => isUri(of, isList(schemes) ? schemes.map(str) : null),
  url: (of, [schemes = null]) => isUri(of, isList(schemes) ? schemes.map(str) : ['ftp', 'ftps', 'http', 'https']),
  urn: of => isUri(of, ['urn']),
  filter: of => filterNames().includes(shortName(str(of))),
  test: of => Object.hasOwn(TESTS, shortName(str(of))),
  escaped: () => false,
  ...IP_TESTS,
}
