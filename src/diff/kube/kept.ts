import { isDeepStrictEqual } from 'node:util'
import { isMapping } from '../../model/value.ts'
import { listKeyOf } from './list-key.ts'

/** A declared field that an object does not hold. */
export interface Unkept {
  /** 'spec/nodeSelector' */
  readonly path: string
  readonly wanted: unknown
  /** undefined = it is not there. */
  readonly live: unknown
}

/**
 * What an object does not hold of what was declared. More fields than were declared (defaults) are fine, and so is another spelling of the
 * same value: 1000m of CPU and 1, an address in capitals, an empty field that is left out.
 */
export function notKept(wanted: unknown, live: unknown, path: readonly string[] = []): Unkept[] {
  if (isMapping(wanted) && isMapping(live)) {
    return Object.entries(wanted).flatMap(([name, value]) =>
      notKept(value, Object.hasOwn(live, name) ? live[name] : undefined, [...path, name]),
    )
  }
  if (Array.isArray(wanted) && Array.isArray(live)) return listNotKept(wanted, live, path)
  const isSame = isDeepStrictEqual(wanted, live) || (isEmpty(wanted) && isEmpty(live)) || sameScalar(wanted, live)
  return isSame ? [] : [{ path: path.join('/'), wanted, live }]
}

/** Entries are found by their name, or else by what they hold: a server may add entries and change their order. */
function listNotKept(wanted: readonly unknown[], live: readonly unknown[], path: readonly string[]): Unkept[] {
  const key = listKeyOf(wanted, wanted)
  return wanted.flatMap((entry, at) => {
    const name = key !== null && isMapping(entry) ? entry[key] : undefined
    const twin = live.find(other => isMapping(other) && key !== null && other[key] === name)
    const below = [...path, name === undefined ? String(at) : String(name)]
    if (twin !== undefined && name !== undefined) return notKept(entry, twin, below)
    if (live.some(other => notKept(entry, other).length === 0)) return []
    return notKept(entry, live.length === wanted.length ? live[at] : undefined, below)
  })
}

/** What servers leave out of their answers. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false || value === 0) return true
  return typeof value === 'object' && Object.values(value).every(isEmpty)
}

function sameScalar(wanted: unknown, live: unknown): boolean {
  if (typeof wanted === 'object' || typeof live === 'object' || wanted === undefined || live === undefined) return false
  const [one, other] = [String(wanted), String(live)]
  if (one.toLowerCase() === other.toLowerCase()) return true
  const [quantity, same] = [quantityOf(one), quantityOf(other)]
  return quantity !== null && quantity === same
}

const UNITS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** '1000m' and '1' are one quantity, '1Gi' and '1024Mi' too. */
function quantityOf(text: string): number | null {
  const [, number, unit = ''] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([numkMGTPE]i?)?$/.exec(text) ?? []
  const factor = UNITS[unit]
  if (number === undefined || factor === undefined) return null
  const value = Number(number) * factor
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : null
}
