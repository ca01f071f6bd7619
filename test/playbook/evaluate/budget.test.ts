import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { FailureError } from '../../../src/model/failure.ts'
import { writtenScope } from '../../../src/model/scope.ts'
import { createTemplar } from '../../../src/playbook/template/template.ts'

const templar = createTemplar()
/** h: ten of ten of ten …, each there once and named ten times. */
const MANY = `{% set a = ['x'] * 10 %}${[...'bcdefgh'].map((name, at) => `{% set ${name} = [${'abcdefg'[at]}] * 10 %}`).join('')}`
const words = Array.from({ length: 200 }, (_, index) => `w${index}`)

/** What is refused, how long it took (ms), and what is said. */
function refused(template: string): string {
  const started = performance.now()
  try {
    const made = templar.render(template, writtenScope({ words }))
    return `made ${JSON.stringify(made)?.slice(0, 80)}`
  } catch (error) {
    const seconds = (performance.now() - started) / 1000
    const { message } = (error as FailureError).failure ?? { message: `no FailureError: ${error}` }
    return seconds < 20 ? message : `took ${seconds} s: ${message}`
  }
}

test('what never ends or grows without measure is stopped, by name of what it does', () => {
  const letters = /letters is refused|Invalid string length/
  const bombs = {
    '{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}': /million steps/,
    '{{ range(10000000000) | list }}': /range has too many elements/,
    "{{ 'x' * 1000000000 }}": letters,
    '{{ [0] * 1000000000 }}': /entries is refused/,
    '{{ words | product(words, words, words) | list }}': /entries is refused/,
    '{{ 10 ** 10000000 }}': /bits is refused/,
    "{{ '%999999999d' % 1 }}": /too wide/,
    "{{ 'x'.center(1000000000) }}": letters,
    "{{ ('a' * 1000000) | replace('a', 'b' * 100000) }}": letters,
    "{{ words | map('replace', 'w', 'x' * 1000000) | list }}": /too much/,
    "{% set ns = namespace(t='x') %}{% for i in range(99) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}": /too much/,
    '{% set ns = namespace(t=[0]) %}{% for i in range(99) %}{% set ns.t = ns.t + ns.t %}{% endfor %}':
      /entries is refused/,
    '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}': /recursion limit/,
    '{% set l = [] %}{% set _ = l.append(l) %}{{ l }}': /levels is refused/,
    [`${MANY}{{ h | to_json }}`]: /entries is refused/,
    [`${MANY}{{ h | flatten }}`]: /entries is refused/,
    [`${MANY}{{ h }}`]: /entries is refused|letters is refused/,
  }
  for (const [template, says] of Object.entries(bombs)) assert.match(refused(template), says, template)
})

test('work of an ordinary size is no bomb', () => {
  const scope = writtenScope({ words })
  assert.is(templar.render('{{ words | product(words) | list | length }}', scope), '40000')
  assert.is(
    templar.render('{% for a in words %}{% for b in words %}x{% endfor %}{% endfor %}', scope),
    'x'.repeat(40_000),
  )
  assert.is(templar.render("{{ ('x' * 100000) | length }}", scope), '100000')
})

test.run()
