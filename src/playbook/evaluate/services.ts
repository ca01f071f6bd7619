import type { Value } from '../../model/value.ts'
import type { Compiled } from '../language/compile.ts'
import type { CallArguments, Operand } from '../python/operand.ts'

/** What a template may ask for while it is evaluated. All throw Error with a reason, or FailureError. */
export interface Services {
  /** value | NAME(args); undefined where it finds nothing. */
  filter(name: string, of: Operand, call: CallArguments): Operand | undefined
  /** value is NAME(args). */
  test(name: string, of: Operand, call: CallArguments): boolean
  /** NAME(args) of a function that is none of Jinja's own: lookup, query. */
  call(name: string, call: CallArguments): Operand | undefined
  /** A variable, rendered; undefined where there is none, or where what it refers to is not there. */
  variable(name: string): Operand | undefined
  /** One variable of another host. */
  hostvar(host: string, name: string): Value | undefined
  /** All variables of another host. */
  hostvars(host: string): Value | undefined
  /** The template of a file that is included, imported or extended; null where there is no such file. */
  template(name: string): Compiled | null
  /** Where such files are looked for. */
  readonly templateFolders: readonly string[]
}
