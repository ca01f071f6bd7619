import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { didYouMean } from '../../model/nearest.ts'
import { timedSearch } from '../../model/timed-search.ts'
import { isMapping, type Value } from '../../model/value.ts'
import type { FilterCall } from '../filters/index.ts'
import { IP_TESTS } from '../filters/ip-tests.ts'
import { pythonExpression } from '../filters/regex.ts'
import { compareVersions } from '../filters/version.ts'
import { shortName } from '../jinja/print.ts'
import { compareValues, isEqual, isTrue, pythonText } from '../jinja/python.ts'

/** Applies `value is NAME(args)`. Throws Error for an unknown test or a value that it cannot be asked of. */
export function applyTest(name: string, of: Value, call: FilterCall): boolean {
  const short = shortName(name)
  const test = Object.hasOwn(TESTS, short) ? TESTS[short] : undefined
  if (!test) throw new Error(`no test named '${name}'.${didYouMean(name, Object.keys(TESTS))}`)
  return test(of, call.args, call.named)
}

/** The names of all tests, for the check of templates before a run. */
export function testNames(): string[] {
  return [...Object.keys(TESTS), 'defined', 'undefined', 'float', 'integer', 'number']
}

type Test = (of: Value, args: readonly Value[], named: Readonly<Record<string, Value>>) => boolean

/** A flag of a registered result; anything but a result cannot be asked. */
function flag(of: Value, name: string): boolean {
  if (!isMapping(of)) throw new Error(`The '${name}' test expects a dictionary, a registered result`)
  return isTrue(of[name] ?? false)
}

const failed: Test = of => flag(of, 'failed')
const changed: Test = of => {
  if (!isMapping(of)) return flag(of, 'changed')
  const { results } = of
  if (of.changed === undefined && Array.isArray(results))
    return results.some(each => isMapping(each) && isTrue(each.changed ?? false))
  return flag(of, 'changed')
}
const skipped: Test = of => flag(of, 'skipped')
const compare =
  (holds: (order: number) => boolean): Test =>
  (of, [other = null]) =>
    holds(compareValues(of, other))
const equal: Test = (of, [other = null]) => isEqual(of, other)
const within: Test = (of, [list = null]) => contains(list, of)
const list = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [value])
const subset: Test = (of, [other = null]) => list(of).every(entry => contains(other, entry))
const superset: Test = (of, [other = null]) => list(other).every(entry => contains(of, entry))
const expression =
  (anchor: (source: string) => string): Test =>
  (of, [pattern = ''], named) => {
    const wanted = pythonExpression(anchor(pythonText(pattern)), named)
    const text = pythonText(of)
    return timedSearch(wanted, text, () => wanted.test(text))
  }
const path =
  (check: (name: string) => boolean): Test =>
  of =>
    check(pythonText(of))

function contains(list: Value, entry: Value): boolean {
  if (typeof list === 'string') return list.includes(pythonText(entry))
  if (Array.isArray(list)) return list.some(each => isEqual(each, entry))
  return isMapping(list) && Object.hasOwn(list, pythonText(entry))
}

function isKind(name: string, kind: 'isFile' | 'isDirectory' | 'isSymbolicLink'): boolean {
  try {
    return (kind === 'isSymbolicLink' ? lstatSync(name) : statSync(name))[kind]()
  } catch {
    return false
  }
}

const version: Test = (of, [other = '', operator = '=='], named) =>
  compareVersions(pythonText(of), pythonText(other), {
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
    convert_bool ? isTrue(of) && !/^(no|false|off|0|n)$/i.test(pythonText(of)) : isTrue(of),
  falsy: (of, _args, { convert_bool }) =>
    !(convert_bool ? isTrue(of) && !/^(no|false|off|0|n)$/i.test(pythonText(of)) : isTrue(of)),
  number: of => typeof of === 'number',
  integer: of => Number.isInteger(of),
  float: of => typeof of === 'number' && !Number.isInteger(of),
  mapping: of => isMapping(of),
  sequence: of => Array.isArray(of) || typeof of === 'string' || isMapping(of),
  iterable: of => Array.isArray(of) || typeof of === 'string' || isMapping(of),
  list: of => Array.isArray(of),
  callable: () => false,
  defined: of => of !== undefined,
  undefined: of => of === undefined,
  even: of => Number(of) % 2 === 0,
  odd: of => Math.abs(Number(of)) % 2 === 1,
  divisibleby: (of, [by = 1]) => Number(of) % Number(by) === 0,
  eq: equal,
  equalto: equal,
  '==': equal,
  ne: (of, args, named) => !equal(of, args, named),
  '!=': (of, args, named) => !equal(of, args, named),
  sameas: (of, [other = null]) => typeof of === typeof other && isEqual(of, other),
  lt: compare(order => order < 0),
  lessthan: compare(order => order < 0),
  '<': compare(order => order < 0),
  le: compare(order => order <= 0),
  '<=': compare(order => order <= 0),
  gt: compare(order => order > 0),
  greaterthan: compare(order => order > 0),
  '>': compare(order => order > 0),
  ge: compare(order => order >= 0),
  '>=': compare(order => order >= 0),
  in: within,
  contains: (of, [entry = null]) => contains(of, entry),
  subset,
  issubset: subset,
  superset,
  issuperset: superset,
  any: of => list(of).some(isTrue),
  all: of => list(of).every(isTrue),
  lower: of => pythonText(of) === pythonText(of).toLowerCase(),
  upper: of => pythonText(of) === pythonText(of).toUpperCase(),
  match: expression(source => `^(?:${source})`),
  search: expression(source => source),
  regex: expression(source => source),
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
    existsSync(pythonText(of)) &&
    existsSync(pythonText(other)) &&
    realpathSync(pythonText(of)) === realpathSync(pythonText(other)),
  ...IP_TESTS,
}
