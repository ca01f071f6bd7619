import { rememberedOf } from '../../model/remembered.ts'
import { data, type Layer, written } from '../../model/scope.ts'
import type { Variables } from '../../model/value.ts'
import { isPlain } from '../../playbook/template/plain.ts'
import { emit } from '../emit.ts'
import type { Run } from '../state.ts'

const told = rememberedOf((_: Run) => new Set<string>())

/** Variables of files as a layer: written, or data where a file is not trusted. Then templates in it stay as they are, which is said once. */
export function fileLayer(
  run: Run,
  { variables, untrusted }: { variables: Variables; untrusted: string | null },
): Layer {
  if (untrusted === null) return written(variables)
  if (!isPlain(variables) && !told(run).has(untrusted)) {
    told(run).add(untrusted)
    const text = `${untrusted}: its values are taken letter for letter, and what looks like a template in them is none.`
    emit(run, { event: 'warning', text })
  }
  return data(variables)
}
