import type * as z from 'zod'
import type { Failure } from './failure.ts'
import type { Outcome } from './intent.ts'
import type { Command, Kind, Read } from './kind.ts'
import type { Managed, ShownChange } from './managed.ts'
import type { Value, Variables } from './value.ts'

/** A task as the reference shows it; `yaml` must parse and validate (a test sees to that). */
export interface Example {
  readonly title: string
  readonly yaml: string
}

interface Described<Args> {
  readonly name: string
  /** Other names it answers to: 'cisco.nxos.nxos_config'. */
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly args: z.ZodType<Args>
  /** The argument that a bare string fills: `command: uptime` fills `cmd`. */
  readonly freeForm?: string
  readonly examples: readonly Example[]
  /** What `register` receives, by name; for the reference. */
  readonly returns?: Readonly<Record<string, string>>
  /** Connection arguments of the task (host, username, …) as variables that override the host's (ansible_host, …). */
  connection?(args: Args): Variables
}

export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly state: 'waiting' | 'broken'; readonly because: string }

/** The files that a task's arguments may name. Lookups are as Ansible's and throw FailureError invalid with the places looked in. */
export interface ArgFiles {
  /** The path of a file or folder (below files/ or templates/ of the role, playbook or task file). */
  find(folder: 'files' | 'templates', name: string): string
  read(folder: 'files' | 'templates', name: string): { readonly path: string; readonly text: string }
  /** A file of templates/, rendered with the task's variables. */
  template(name: string, options?: TemplateOptions): { readonly path: string; readonly text: string }
  /** The bytes of a file, or of all files below a folder. */
  bytes(folder: 'files', name: string): SourceFile | SourceFolder
}

export interface TemplateOptions {
  readonly trimBlocks?: boolean
  readonly lstripBlocks?: boolean
}

/** A file that a task brings, and its mode (permission bits). */
export interface SourceFile {
  readonly path: string
  readonly bytes: Buffer
  readonly mode: number
}

/** Files below a folder, by their paths from it, sorted; folders without files are left out. */
export interface SourceFolder {
  readonly path: string
  readonly files: readonly SourceFile[]
}

/** A module that keeps something in a wanted state: three pure steps around one read. It never writes. */
export interface ResourceModule<K extends Kind = Kind, Args = unknown, State = unknown, V = unknown>
  extends Described<Args> {
  readonly kind: K
  /** Replaces the arguments that name files (src, kustomize) by what they hold; called once per host, before all else. */
  resolve?(args: Args, files: ArgFiles): Args
  /** Tells the reader what observe will ask for, so that the reads of a whole pass go out together. */
  prefetch?(read: Read<K>, args: Args): Promise<void>
  /** True when every task of the module asks for the same, so that one of them is enough. */
  readonly prefetchOnce?: boolean
  observe(read: Read<K>, args: Args): Promise<State>
  /**
   * Pure: ALL that the task manages, whether it differs or not; ids are unique on the target. What differs is computed from it.
   * Throws FailureError (unsafe, invalid) for what must not be done.
   */
  plan(state: State, args: Args): readonly Managed<V>[]
  /** Pure; also renders inverses. */
  render(changes: readonly Managed<V>[], args: Args): Command<K>[]
  /** nxos: the task asks not to be saved; a run whose tasks all ask for that saves nothing. */
  unsaved?(args: Args): boolean
  /** Pure: a change as a reviewer reads it. */
  show(change: Managed<V>): ShownChange
  /**
   * Pure: a change of a text as a whole, for the `diff` of the result (a report then shows that instead); null where no text differs.
   */
  texts?(change: Managed<V>): TextDiff | null
  /** Polled after the write until ok or the task's patience ends. */
  settled?(read: Read<K>, args: Args): Promise<Verdict>
  /** Seconds that `settled` may take; 0 = this task waits for nothing, so it may share a write with others. */
  patience?(args: Args): number
  /**
   * Pure, on the arguments as written (not rendered): true for a question about the device as it is now (apic_rest with get), before
   * which what earlier tasks change must have been written.
   */
  asksNow?(written: Value): boolean
  /** What `register` receives beside changed and diff. `state` is what observe returned. */
  result?(changes: readonly Managed<V>[], args: Args, state: State): Readonly<Record<string, Value>>
  /**
   * What `register` receives after a write instead of what `result` foresaw, as it is on the target now. Asked only where a task registers
   * it; the questions of one write come together, so that a reader can make one of them.
   */
  now?(read: Read<K>, written: Written<Args, State, V>): Promise<Readonly<Record<string, Value>>>
  /** Values in the arguments that must never be shown (passwords, Secret data). */
  secrets?(args: Args): readonly string[]
}

/** A task's changes that were made, with what they were planned from. */
export interface Written<Args, State, V> {
  readonly changes: readonly Managed<V>[]
  readonly args: Args
  readonly state: State
}

/** What an action asks of the engine beside its own result. */
export interface Effects {
  readonly facts?: Variables
  readonly addHost?: { readonly name: string; readonly groups: readonly string[]; readonly variables: Variables }
  readonly groupBy?: { readonly key: string; readonly parents: readonly string[] }
  /** Variables from files. `untrusted`: which file must not hold templates, and why, as a sentence; null when all may. */
  readonly includeVars?: { readonly variables: Variables; readonly untrusted: string | null }
  /** Facts of the machine, without the ansible_ prefix. */
  readonly gathered?: Variables
}

export interface TextDiff {
  readonly before: string
  readonly after: string
  readonly header?: string
}

export interface ActionResult {
  readonly changed?: boolean
  readonly skipped?: boolean
  readonly failure?: Failure
  /** What `register` receives, as Ansible names it (msg, stdout, rc, …). */
  readonly values?: Readonly<Record<string, Value>>
  /** Secret values among what it read; masked from now on wherever they show up. */
  readonly secrets?: readonly string[]
  /** What a report shows of it: debug's message, a command's output, set_fact's facts. */
  readonly shown?: Value
  readonly diff?: readonly TextDiff[]
  readonly effects?: Effects
}

export interface ActionContext {
  readonly host: string
  readonly variables: Variables
  /** True in a plan and under check_mode: true: nothing is changed, whatever is tried; for saying what would be. */
  readonly check: boolean
  readonly diff: boolean
  /** Finds a file as Ansible does (role, playbook folder, task file's folder); throws not-found with the places it looked in. */
  findFile(folder: 'files' | 'templates' | 'vars', name: string): string
  /** The first of the conditions, as written (asWritten), that does not hold; undefined when all do. */
  broken(that: Value): Value | undefined
  /** The value of an expression as written (asWritten), and the expression as it reads once rendered. */
  evaluate(expression: string): { readonly expression: string; readonly value: Value }
  /** Renders a template file; blocks are trimmed as Ansible's template module does unless told otherwise. */
  renderFile(file: string, options?: { trimBlocks?: boolean; lstripBlocks?: boolean }): string
  /** The first of the files, just read, whose text must not be taken for templates, and why, as a sentence; null when all may. */
  untrustedIn(files: readonly string[]): string | null
  /** YAML or JSON text as a value. */
  parse(text: string, file: string): Value
  /** The task's `environment`, rendered. */
  readonly environment: Readonly<Record<string, string>>
  /** The reading side of the device behind the host (or behind overriding connection arguments), or of the machine that the host is. */
  read<K extends Kind>(kind: K, overrides?: Variables): Promise<Read<K>>
  /** The only way to change anything. Never throws: a plan, a policy or the device may say no. */
  door<K extends Kind>(wish: Wish<K>, overrides?: Variables): Promise<Outcome>
  readonly signal: AbortSignal
}

/** What an action wants done; the engine makes an Intent of it. */
export interface Wish<K extends Kind = Kind> {
  readonly kind: K
  /** For people: "types 'clear ip bgp *'". */
  readonly title: string
  readonly commands: readonly Command<K>[]
  /** What differs, where that is known before. */
  readonly differences?: readonly Managed[]
}

/** A module that does or asks something. `changes: false` ones run in a plan too. */
export interface ActionModule<Args = unknown> extends Described<Args> {
  readonly kind?: Kind
  readonly changes: boolean
  /** Arguments that hold expressions: they are handed over unrendered, for `broken` and `evaluate`. All others come rendered, as data. */
  readonly asWritten?: readonly string[]
  /** It runs for the first host only (pause, add_host). */
  readonly once?: boolean
  run(context: ActionContext, args: Args): Promise<ActionResult>
  secrets?(args: Args): readonly string[]
}

// The table holds modules of many argument types; each one's own zod schema guards the hand-over.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Module = ResourceModule<any, any, any, any> | ActionModule<any>

/** A module by its names, which is all that reading a playbook needs of most; its code is loaded when a task names it. */
export interface ModuleEntry {
  /** Its own name first, then the others that it answers to. */
  readonly names: readonly [string, ...string[]]
  /** The module, once it is loaded. */
  readonly module: Module | undefined
  load(): Promise<Module>
}

// biome-ignore lint/suspicious/noExplicitAny: as above; it also makes the other branch an ActionModule
export function isResource(module: Module): module is ResourceModule<any, any, any, any> {
  return 'observe' in module
}

/** Whether a module is for a network device or a cluster; files and processes of machines are handled as Ansible does, host by host. */
export function isOfDevice({ kind }: Module): boolean {
  return kind !== undefined && kind !== 'linux'
}
