import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { circlesOf } from './circles.ts'
import { sourceFiles } from './source-files.ts'

const file = (path: string, text: string) => ({ path, text, lines: text.split('\n').length - 1 })

test('the search for circles sees one of three files, one through types alone, and one that is loaded when needed', () => {
  const files = [
    file('src/a/one.ts', "import { two } from './two.ts'\n"),
    file('src/a/two.ts', "import { readFileSync } from 'node:fs'\nimport {\n  three,\n} from '../b/three.ts'\n"),
    file('src/b/three.ts', "export { one } from '../a/one.ts'\n"),
    file('src/c/shape.ts', "import type { Form } from './form.ts'\nimport { one } from '../a/one.ts'\n"),
    file('src/c/form.ts', "import { type Shape, shapes } from './shape.ts'\n"),
    file('src/c/leaf.ts', "import type { Shape } from './shape.ts'\nconst later = () => import('./lazy.ts')\n"),
    file('src/c/lazy.ts', "import type { Leaf } from './leaf.ts'\n"),
  ]
  assert.equal(circlesOf(files), [
    ['src/a/one.ts', 'src/a/two.ts', 'src/b/three.ts'],
    ['src/c/form.ts', 'src/c/shape.ts'],
    ['src/c/lazy.ts', 'src/c/leaf.ts'],
  ])
})

test('a file that imports itself is a circle of one', () => {
  assert.equal(circlesOf([file('src/a/one.ts', "import type { One } from './one.ts'\n")]), [['src/a/one.ts']])
})

test('the sources have no circle, types included', () => {
  const circles = circlesOf(sourceFiles('src')).map(circle => circle.join(' ↔ '))
  assert.equal(circles, [], 'move what they share into the lower file')
})

test.run()
