import type { ApicAnswer } from '../../model/apic.ts'
import type { Value } from '../../model/value.ts'

/** Answers as the APIC writes them: [{class: {attributes, children}}]. */
export function imdataOf(answers: readonly ApicAnswer[]): Value[] {
  return answers.map(answer => ({
    [answer.class]:
      answer.children.length === 0
        ? { attributes: answer.attributes }
        : { attributes: answer.attributes, children: imdataOf(answer.children) },
  }))
}
