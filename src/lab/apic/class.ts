import type { Rule } from './rule.ts'
import { readOnly, text, word } from './rule.ts'

/** A class of the APIC's object model, as far as the lab knows it. */
export interface ApicClass {
  /** Relative name with its naming properties: 'rsctxToBgpCtxAfPol-[{tnBgpCtxAfPolName}]-{af}'. */
  readonly rn: string
  readonly parents: readonly string[]
  /** False for what the fabric reports and nobody configures. */
  readonly configurable: boolean
  readonly properties: Readonly<Record<string, Rule>>
  /** Set on relations: the class pointed to, by the name in a `tn…Name` property or by `tDn`. */
  readonly target?: { readonly class: string; readonly by: string }
  /** Children that come to life with the object and cannot be removed, only reset. */
  readonly implicit?: readonly string[]
}

export type ApicClasses = Readonly<Record<string, ApicClass>>

type Rules = Readonly<Record<string, Rule>>

const description = /^[a-zA-Z0-9\\!#$%()*,\-./:;@ _{|}~?&+]*$/

const everyObject: Rules = {
  childAction: readOnly(''),
  extMngdBy: readOnly(''),
  lcOwn: readOnly('local'),
  modTs: readOnly('never'),
  status: readOnly(''),
  uid: readOnly('15374'),
}

const configured: Rules = {
  ...everyObject,
  annotation: word({ max: 128, colon: true }),
  monPolDn: readOnly(''),
  userdom: word({ max: 1024, colon: true, fallback: ':all:' }),
}

/** An object without owner tags: a part of a policy. */
export function part(rn: string, parents: readonly string[], properties: Rules = {}): ApicClass {
  const own: Rules = {
    ...configured,
    name: word({ max: 64, colon: true }),
    nameAlias: word({ max: 63 }),
    descr: text({ max: 128, pattern: description }),
    ...properties,
  }
  return { rn, parents, configurable: true, properties: own }
}

/** An object with owner key and tag, as most named policies are. */
export function policy(rn: string, parents: readonly string[], properties: Rules = {}): ApicClass {
  const owner = {
    ownerKey: text({ max: 128, pattern: description }),
    ownerTag: text({ max: 64, pattern: description }),
  }
  return part(rn, parents, { ...owner, ...properties })
}

/** A relation (Rs class). `by` is the property that names the target. */
export function relation(
  rn: string,
  parents: readonly string[],
  target: { readonly class: string; readonly by: string; readonly properties?: Rules },
): ApicClass {
  const byName = target.by !== 'tDn'
  const own: Rules = {
    ...configured,
    forceResolve: readOnly('yes'),
    rType: readOnly('mo'),
    state: readOnly('unformed'),
    stateQual: readOnly('none'),
    tCl: readOnly(target.class),
    tType: readOnly(byName ? 'name' : 'mo'),
    ...(byName ? { tDn: readOnly(''), tRn: readOnly(''), tContextDn: readOnly('') } : {}),
    [target.by]: byName ? word({ max: 64, colon: true }) : text({ max: 512 }),
    ...target.properties,
  }
  return { rn, parents, configurable: true, properties: own, target: { class: target.class, by: target.by } }
}

/** What the fabric reports: no configuration. `values` are its attributes with their resting values. */
export function reported(
  rn: string,
  parents: readonly string[],
  values: Readonly<Record<string, string>> = {},
): ApicClass {
  const own = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, readOnly(value)]))
  return { rn, parents, configurable: false, properties: { ...everyObject, ...own } }
}

/** A class whose objects bring children along. */
export function bringing(children: readonly string[], definition: ApicClass): ApicClass {
  return { ...definition, implicit: children }
}
