import type { Value } from '../../model/value.ts'

/** Whether a rendered keyword says yes, in any of the words that Ansible takes for it. */
export function isTrue(value: Value): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^(true|yes|on|y|1|t)$/i.test(value))
}
