import type { Value, Variables } from '../../model/value.ts'

/**
 * Renders values and tests conditions as Ansible 2.14 does (jinja2_native off): "{{ list }}" is the list, "{{ number }}" a variable's
 * number, text that reads as a list, mapping, True or False becomes one, everything else stays text.
 * All throw FailureError (invalid) naming the undefined variable, the recursion, the unknown filter or the syntax error.
 */
export interface Templar {
  /**
   * Renders every text within value. `variables` must not be mutated afterwards (values rendered from it are cached by identity):
   * make a new object when a variable changes. A getter on it is only read when an expression names it.
   */
  render(value: Value, variables: Variables): Value
  /** As render, but "{{ number }}" is a number wherever it comes from: APIs of devices tell 26 from '26' (Ansible 2.19 does it everywhere). */
  renderNative(value: Value, variables: Variables): Value
  /** A condition of when, changed_when, failed_when, until, that: a bare expression, or a boolean as it stands. */
  test(expression: Value, variables: Variables): boolean
  /** The value of a bare expression such as debug's `var`; a name whose value is a template is rendered. */
  evaluate(expression: string, variables: Variables): Value
  /** A variable's value, rendered; undefined where there is none, or where what it refers to is undefined. */
  valueOf(name: string, variables: Variables): Value | undefined
  /** As render, but what is undefined stays as written: for task names. Never throws. */
  renderName(name: string, variables: Variables): string
  /** A template file's text: as render, but always text; trim_blocks as Ansible's template module. */
  renderFile(text: string, variables: Variables, options?: { trimBlocks?: boolean; lstripBlocks?: boolean }): string
  /** lookup(NAME, …) for with_NAME loops: always a list. */
  lookup(name: string, terms: readonly Value[], variables: Variables): Value[]
}

export interface TemplarOptions {
  /** Folders in which lookups and includes of templates find relative files, nearest first. */
  readonly folders?: readonly string[]
  /** Every host's variables for `hostvars`, untemplated; null for an unknown host. Called only for the hosts that an expression names. */
  readonly hostVariables?: (host: string) => Variables | null
  /** The names that hostvars has. */
  readonly hostNames?: () => readonly string[]
}

/** `omit` renders to this; a mapping entry of that value must be dropped before a module sees it: dropOmitted. */
export const OMIT = '__omit_place_holder__'

/** The arguments without the entries that rendered to `omit`, at every depth of mappings and lists. */
export function dropOmitted(value: Value): Value {
  if (Array.isArray(value)) return value.filter(entry => entry !== OMIT).map(dropOmitted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== OMIT)
      .map(([key, entry]) => [key, dropOmitted(entry)]),
  )
}

/** A value that came from outside (a command's output, a device's answer): rendering gives it back as it is. Use it on what is registered. */
export function protect(value: Value): Value {
  if (typeof value === 'string') return /\{[{%#]/.test(value) ? `{% raw %}${value}{% endraw %}` : value
  if (Array.isArray(value)) return value.map(protect)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, protect(entry)]))
}
