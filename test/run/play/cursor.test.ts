import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { advance, current, cursorAt, enter, fail } from '../../../src/run/play/cursor.ts'
import type { Placed } from '../../../src/run/play/place.ts'

const test = suite('run/cursor')

const task = (name: string): Placed => ({ type: 'task', task: { name } as never, parents: [] })
const block = (tasks: Placed[], rescue: Placed[] = [], always: Placed[] = []): Placed => ({
  type: 'block',
  block: null,
  tasks,
  rescue,
  always,
})
const nameAt = (cursor: ReturnType<typeof cursorAt>) => current(cursor)?.task.name ?? null

/** The names of the tasks that a host meets when those in `broken` fail. */
function walk(steps: Placed[], broken: string[]): string[] {
  const cursor = cursorAt(steps)
  const met: string[] = []
  for (let name = nameAt(cursor); name !== null; name = nameAt(cursor)) {
    met.push(name)
    if (broken.includes(name)) fail(cursor)
    else advance(cursor)
  }
  return met
}

const guarded = [block([task('a'), task('b')], [task('r')], [task('z')]), task('end')]

test('without a failure rescue is passed over and always is done', () => {
  assert.equal(walk(guarded, []), ['a', 'b', 'z', 'end'])
})

test('a failure leads through rescue and always, and on', () => {
  assert.equal(walk(guarded, ['a']), ['a', 'r', 'z', 'end'])
})

test('a failure in rescue leaves the play, but not before always', () => {
  assert.equal(walk(guarded, ['a', 'r']), ['a', 'r', 'z'])
})

test('a failure in always leaves the play', () => {
  assert.equal(walk(guarded, ['z']), ['a', 'b', 'z'])
})

test('what an inner always lets through, an outer rescue catches', () => {
  const nested = [block([block([task('a')], [], [task('z')]), task('b')], [task('r')]), task('end')]
  assert.equal(walk(nested, ['a']), ['a', 'z', 'r', 'end'])
})

test('steps that are entered come before what was next', () => {
  const cursor = cursorAt([task('include'), task('end')])
  assert.is(nameAt(cursor), 'include')
  advance(cursor)
  enter(cursor, [task('x')])
  assert.is(nameAt(cursor), 'x')
  advance(cursor)
  assert.is(nameAt(cursor), 'end')
})

test('fail tells whether the host is rescued', () => {
  const cursor = cursorAt(guarded)
  current(cursor)
  assert.is(fail(cursor), 'rescued')
  assert.is(fail(cursor), 'out')
  assert.is(nameAt(cursor), 'z')
})

test.run()
