import { carryPart } from '../../model/as-written.ts'
import type { Scope } from '../../model/scope.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'

/**
 * Renders values and tests conditions as Ansible 2.14 does (jinja2_native off): "{{ list }}" is the list, "{{ number }}" a variable's
 * number, text that reads as a list, mapping, True or False becomes one, everything else stays text.
 * What is rendered must be text that people wrote. Of the variables only the written ones (scope.ts) are rendered when a template names
 * them; what comes out is data and must never be rendered again.
 * All throw FailureError (invalid) naming the undefined variable, the recursion, the unknown filter or the syntax error.
 */
export interface Templar {
  /**
   * Renders every text within value. `scope` must not be mutated afterwards (values rendered from it are cached by identity):
   * make a new object when a variable changes. A getter on it is only read when an expression names it.
   */
  render(value: Value, scope: Scope): Value
  /** As render, but "{{ number }}" is a number wherever it comes from: APIs of devices tell 26 from '26' (Ansible 2.19 does it everywhere). */
  renderNative(value: Value, scope: Scope): Value
  /**
   * A condition of when, changed_when, failed_when, until: a bare expression, or a boolean as it stands. A template is rendered first; text
   * that it makes of written variables only is then evaluated once, as in Ansible. Text that data went into must say true or false by
   * itself: any other throws FailureError (unsafe).
   */
  test(condition: Value, scope: Scope): boolean
  /** The first condition of `that` which does not hold, undefined when all do. A template may make a list of conditions. */
  broken(that: Value, scope: Scope): Value | undefined
  /**
   * What debug's `var` names or says: a bare expression. Where it is a template that data went into, its text may only name a variable
   * (and what is below it): any other throws FailureError (unsafe).
   */
  evaluate(expression: string, scope: Scope): { readonly expression: string; readonly value: Value }
  /** A variable's value, rendered; undefined where there is none, or where what it refers to is undefined. */
  valueOf(name: string, scope: Scope): Value | undefined
  /** Some variables by name, rendered; null for what is not there. */
  valuesOf(names: readonly string[], scope: Scope): Variables
  /** All variables that can be rendered. */
  everything(scope: Scope): Variables
  /** As render, but what is undefined, or would need a program to run, stays as written: for names. Never throws. */
  renderName(name: string, scope: Scope): string
  /** A template file: as render, but always text; trim_blocks as Ansible's template module. Throws also for a file that is not trusted. */
  renderFile(path: string, scope: Scope, options?: { trimBlocks?: boolean; lstripBlocks?: boolean }): string
  /**
   * Renders ahead of time what will be rendered again: no program is run for it. Throws FailureError (unsafe) where one would have to be.
   * `work` must not wait.
   */
  foresee<V>(work: () => V): V
  /** While `work` lasts, a variable that is made anew each time it is named (a lookup) is made once. `work` must not wait. */
  once<V>(work: () => V): V
  /** lookup(NAME, …) for with_NAME loops: always a list. */
  lookup(name: string, terms: readonly Value[], scope: Scope): Value[]
}

export interface TemplarOptions {
  /** Folders in which lookups and includes of templates find relative files, nearest first. */
  readonly folders?: readonly string[]
  /** Every host's variables for `hostvars`, untemplated; null for an unknown host. Called only for the hosts that an expression names. */
  readonly hostVariables?: (host: string) => Scope | null
  /** The names that hostvars has. */
  readonly hostNames?: () => readonly string[]
  /** Is told what a written variable was rendered to. */
  readonly rendered?: (name: string, value: Value) => void
  /** Reads a file whose text will be rendered. Throws FailureError (unsafe) for one that is not trusted. Any file is when not given. */
  readonly readTemplate?: (path: string) => string
  /** Whether lookups may start programs (pipe, lines); not in a plan, unless the operator allows it. */
  readonly mayStart?: boolean
}

/** `omit` renders to this; a mapping entry of that value must be dropped before a module sees it: dropOmitted. */
export const OMIT = '__omit_place_holder__'

/** The arguments without the entries that rendered to `omit`, at every depth of mappings and lists. */
export function dropOmitted(value: Value): Value {
  if (Array.isArray(value)) return carryPart(value, value.filter(entry => entry !== OMIT).map(dropOmitted))
  if (!isMapping(value)) return value
  return carryPart(
    value,
    Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== OMIT)
        .map(([key, entry]) => [key, dropOmitted(entry)]),
    ),
  )
}
