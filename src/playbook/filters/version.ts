/** Compares versions as `is version` does. Throws Error for an unknown operator. */
export function compareVersions(a: string, b: string, { operator, type }: { operator: string; type: string }): boolean {
  const holds = OPERATORS[operator]
  if (!holds) throw new Error(`${operator} is not an operator of version: use <, <=, ==, !=, >=, >`)
  return holds(type === 'semver' || type === 'semantic' ? semver(a, b) : loose(a, b))
}

const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {}
for (const [names, holds] of [
  ['== = eq', order => order === 0],
  ['!= <> ne', order => order !== 0],
  ['< lt', order => order < 0],
  ['<= le', order => order <= 0],
  ['> gt', order => order > 0],
  ['>= ge', order => order >= 0],
] as readonly [string, (order: number) => boolean][])
  for (const name of names.split(' ')) (OPERATORS as Record<string, (order: number) => boolean>)[name] = holds

/** Runs of digits and of letters, one after the other; '2.0' is below '2.0.0'. */
function loose(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|[a-z]+/gi) ?? []
  const [left, right] = [parts(a), parts(b)]
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x, y] = [left[index], right[index]]
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1
    const order = ordered(x, y)
    if (order !== 0) return order
  }
  return 0
}

function ordered(x: string, y: string): number {
  if (/^\d/.test(x) && /^\d/.test(y)) return Number(x) - Number(y)
  return x < y ? -1 : x > y ? 1 : 0
}

/** A pre-release is below its release; build data does not count. */
function semver(a: string, b: string): number {
  const split = (text: string) => {
    if (!/^\d+\.\d+\.\d+(-[\dA-Za-z.-]+)?(\+[\dA-Za-z.-]+)?$/.test(text))
      throw new Error(`invalid semantic version '${text}'`)
    const [core = '', pre] = (text.split('+')[0] ?? '').split(/-(.*)/s)
    return { core, pre }
  }
  const [left, right] = [split(a), split(b)]
  const order = loose(left.core, right.core)
  if (order !== 0 || left.pre === right.pre) return order
  if (left.pre === undefined) return 1
  return right.pre === undefined ? -1 : loose(left.pre, right.pre)
}
