import type { Value } from '../../model/value.ts'
import type { Compiled } from '../language/compile.ts'
import { leave } from '../python/crossing.ts'
import { isList, type Operand, shapeOf } from '../python/operand.ts'
import { shown } from '../python/text.ts'
import { type Machine, namesWithin } from './frame.ts'
import { renderPage } from './page.ts'
import type { Services } from './services.ts'
import { emptySink, madeOf, type Sink, textOf } from './sink.ts'
import { run } from './statements.ts'

export interface Rendered {
  /** All that the template wrote, with as many newlines at its end as it has itself. */
  readonly text: string
  /** What it is to Ansible: text, unless that reads as a list, a mapping, True or False; null where it is not asked for. */
  readonly value: Value
  /** The value of a template that is one expression, numbers as such; null for any other. */
  readonly captured: Value
}

/** Renders a template. Throws PlacedError or FailureError. `converts`: see Machine. */
export function render(template: Compiled, services: Services, { converts }: { converts: boolean }): Rendered {
  const machine: Machine = {
    services,
    converts,
    outside: new Map(),
    changes: template.changes,
    steps: 0,
    size: 0,
    depth: 0,
  }
  const sink = emptySink()
  renderPage({ template, file: null }, { machine, names: namesWithin(null), sink, run })
  const captured = template.single ? capturedBy(sink.first) : null
  return {
    captured,
    // Nobody asks for the value of a file, nor for the text of most others.
    value: converts ? madeValue(template, sink, captured) : null,
    get text() {
      return withNewlines(textOf(sink), template.newlines)
    },
  }
}

function madeValue({ newlines }: Compiled, sink: Sink, captured: Value): Value {
  if (typeof captured === 'object' && captured !== null) return captured
  const value = leave(madeOf(sink, true))
  return typeof value === 'string' ? withNewlines(value, newlines) : value
}

/** Jinja drops a newline at the end and some behind statements; Ansible puts back what is then missing. */
function withNewlines(text: string, newlines: number): string {
  if (newlines === 0) return text
  let has = 0
  while (text[text.length - 1 - has] === '\n') has++
  return text + '\n'.repeat(Math.max(0, newlines - has))
}

/** Only lists and mappings are values to Ansible; a tuple is shown. */
function capturedBy(value: Operand): Value {
  if (isList(value) && shapeOf(value) === 'tuple') return shown(value)
  return leave(value)
}
