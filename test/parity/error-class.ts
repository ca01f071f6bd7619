/** Texts of failures are compared by what kind of failure they tell, not word by word. */
const signs: Readonly<Record<string, RegExp>> = {
  recursion: /recursi(on|ve loop)/i,
  loop: /invalid data passed to .?loop|could not.*loop|requires a list/is,
  undefined: /undefined|is not defined|has no attribute|no element|not a valid attribute/i,
  unsupported: /unsupported (parameter|option)|not a valid option/i,
  missing_args: /(missing )?required argument|must (contain|specify|be specified)|one of the following is required/i,
  not_found: /could not find|not find or access|no such file|not found|does not exist|unable to find/i,
  timeout: /time(d )? ?out/i,
  conditional: /conditional/i,
  template: /templat|no filter|no test|expected token|unexpected|filter|jinja/i,
}

/** Whether a text tells a failure of the recorded kind; `other` and `unreachable` are told by the status alone. */
export function isOfClass(text: unknown, recorded: string): boolean {
  return recorded === 'other' || recorded === 'unreachable' || (signs[recorded]?.test(String(text ?? '')) ?? false)
}
