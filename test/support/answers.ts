import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writtenScope } from '../../src/model/scope.ts'
import type { Variables } from '../../src/model/value.ts'
import { createTemplar } from '../../src/playbook/template/template.ts'

type Rows = Readonly<Record<string, readonly (readonly [expression: string, text: string])[]>>

/** A file of test/fixtures/language. */
interface Answers {
  readonly variables: Variables
  /** By the name of the filter, test or lookup: expressions, and the text that Ansible makes of `{{ expression }}.` */
  readonly answers: Rows
  /** Names that Ansible does not have, with weft's own meaning. */
  readonly own: Rows
  /** Names that weft knows and refuses, with a reason. */
  readonly refused: Readonly<Record<string, readonly string[]>>
}

const FOLDER = join(import.meta.dirname, '../fixtures/language')
const read = (name: string) => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
const templar = createTemplar({ folders: [join(FOLDER, 'place')], mayStart: true })

/** One test for each name of `kind`, and one that no name of the code goes without. */
export function answersSuite(kind: 'filters' | 'tests' | 'lookups', names: readonly string[]): void {
  const { variables, answers, own, refused }: Answers = read(kind)
  const waiting: readonly string[] = read('waiting')[kind]
  const asked = suite(`what Ansible answers: ${kind}`)
  const scope = writtenScope(variables)

  for (const [name, rows] of Object.entries({ ...answers, ...own })) {
    if (!names.includes(name)) continue
    asked(name, () => {
      for (const [expression, text] of rows)
        if (!waiting.includes(expression))
          assert.is(String(templar.render(`{{ ${expression} }}.`, scope)), text, expression)
    })
  }
  for (const [name, expressions] of Object.entries(refused))
    asked(`${name} is refused with a reason`, () => {
      for (const expression of expressions)
        assert.throws(() => templar.render(`{{ ${expression} }}.`, scope), /is not supported by weft/)
    })
  asked('every name of the code has an answer here', () => {
    const known = new Set([answers, own, refused].flatMap(Object.keys))
    assert.equal(
      [...new Set(names)].filter(name => !known.has(name) && !name.startsWith('weft_')),
      [],
    )
  })
  asked.run()
}
