import { writtenScope } from '../../model/scope.ts'
import type { Variables } from '../../model/value.ts'
import { createTemplar } from '../template/template.ts'

/** A file name with the variables that are known before any host is; left as written when they do not suffice. */
export function fillName(name: string, known: Variables): string {
  if (!name.includes('{{')) return name
  return createTemplar({}).renderName(name, writtenScope(known))
}
