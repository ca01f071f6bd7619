import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { FailureError } from '../../../src/model/failure.ts'
import { data, layered, written, writtenScope } from '../../../src/model/scope.ts'
import type { Value, Variables } from '../../../src/model/value.ts'
import { createTemplar, dropOmitted } from '../../../src/playbook/template/template.ts'
import { folderOf } from '../../support/folder.ts'

const templar = createTemplar()
const NOTHING = writtenScope({})
const render = (value: Value, variables: Variables = {}) => templar.render(value, writtenScope(variables))
const refusal = (value: Value, variables: Variables = {}) => {
  try {
    return `rendered ${JSON.stringify(render(value, variables))}`
  } catch (error) {
    return (error as Error).message
  }
}

test('a template that is one variable keeps its type, one that computes gives text, lists and mappings', () => {
  assert.equal(render('{{ n }}', { n: 5 }), 5)
  assert.equal(render('{{ n + 1 }}', { n: 5 }), '6')
  assert.equal(render('{{ l }}', { l: [1, 'a'] }), [1, 'a'])
  assert.equal(render('{{ a == 1 }}', { a: 1 }), true)
  assert.equal(render('[{{ a }}, 2]', { a: 1 }), [1, 2])
  assert.equal(render({ k: ['{{ a }}', 'x'] }, { a: null }), { k: [null, 'x'] })
})

test('values in text look as Python prints them', () => {
  assert.is(render("v {{ [true, none, 1.5, 'a'] }} {{ {'b': 1} }} {{ none }}|"), "v [True, None, 1.5, 'a'] {'b': 1} |")
  assert.is(render("{{ 8 / 2 }} {{ 7 // 2 }} {{ 2 ** 3 }} {{ 'a' ~ true }}|"), '4.0 3 8 aTrue|')
})

test('variables are rendered when they are named, through other variables', () => {
  assert.is(render('{{ a }}!', { a: '{{ b }}-{{ c.d }}', b: 'x', c: { d: '{{ b }}' }, unused: '{{ gone }}' }), 'x-x!')
  assert.match(refusal('{{ a }}', { a: '{{ b }}', b: '{{ a }}' }), 'recursive loop detected in the variables a → b → a')
})

test('the keys of a mapping keep their order on the way through a template', () => {
  assert.equal(render('{{ m.keys() | list }}', { m: { z: 1, a: { y: 1, b: 2 } } }), ['z', 'a'])
  assert.equal(Object.keys(render("{{ m | combine({'c': 1}) }}", { m: { z: 1, a: 2 } }) as object), ['z', 'a', 'c'])
})

test('what is undefined is named, wherever it is used', () => {
  for (const template of [
    '{{ gone }}',
    'a {{ gone }}',
    '{{ gone == 1 }}',
    '{{ not gone }}',
    '{{ gone | upper }}',
    "{{ 'x' ~ gone }}",
    '{% if gone %}{% endif %}',
  ])
    assert.match(refusal(template), "'gone' is undefined", template)
  assert.match(refusal('{{ d.b }}', { d: { a: 1 } }), '"d.b" is undefined; there is a')
  assert.match(refusal('{{ refers }}', { refers: '{{ gone }}' }), "'gone' is undefined")
  assert.match(refusal('{{ mtu_sise }}', { mtu_size: 9216 }), 'Did you mean "mtu_size"?')
})

test('default and defined take a missing parent for missing', () => {
  assert.is(
    render("{{ a.b.c | default('d') }} {{ a.b is defined }} {{ refers | default('r') }} {{ none.x | default('n') }}", {
      a: {},
      refers: '{{ gone }}',
    }),
    'd False r n',
  )
  assert.is(render("{{ '' | default('e', true) }}"), 'e')
})

test('omit drops an argument', () => {
  const args = render({ a: '{{ gone | default(omit) }}', b: [1, '{{ omit }}'] })
  assert.equal(dropOmitted(args), { b: [1] })
})

test('conditions are expressions, booleans or lists of them', () => {
  const variables = writtenScope({ mtu: 9216, name: 'leaf1', none_of: [] })
  assert.is(templar.test("9000 < mtu <= 9216 and name is match('leaf')", variables), true)
  assert.is(templar.test('none_of', variables), false)
  assert.is(templar.test(['true', 'mtu > 1', false], variables), false)
  assert.is(templar.test('false and gone', variables), false)
  assert.throws(() => templar.test('name == "leaf1" and gone', variables), /'gone' is undefined/)
})

test('data is never rendered, whatever it holds and through whatever it comes', () => {
  const hostile = "{% endraw %}{{ secret }}{{ '{{' }}"
  const scope = layered([
    written({ secret: 'x', by: '{{ said.out }}', both: '{{ secret }} {{ by }}' }),
    data({ said: { out: hostile, [hostile]: hostile } }),
  ])
  assert.is(templar.render('{{ said.out }}', scope), hostile)
  assert.is(templar.render('{{ by }} {{ both }}', scope), `${hostile} x ${hostile}`)
  assert.equal(templar.render('{{ said }}', scope), { out: hostile, [hostile]: hostile })
  assert.equal(templar.render(['{{ said.out | upper | lower }}', { a: '{{ by }}' }], scope), [hostile, { a: hostile }])
  assert.is(templar.valueOf('by', scope), hostile)
  assert.equal(templar.valuesOf(['by', 'said'], scope), { by: hostile, said: { out: hostile, [hostile]: hostile } })
})

test('a condition that is a template is evaluated once more only where people wrote all of it', () => {
  const scope = layered([
    written({ flag: 'mtu > 9000', mtu: 9216, same: '{{ said }}' }),
    data({ said: 'mtu > 1', yes: 'True', no: 'false', none: 'None', count: '3', list: ['mtu < 1'], empty: [] }),
  ])
  assert.is(templar.test('{{ flag }}', scope), true)
  assert.is(templar.test('{{ mtu > 9000 }}', scope), true)
  const met = ['yes', 'no', 'none', 'count', 'list', 'empty'].map(name => templar.test(`{{ ${name} }}`, scope))
  assert.equal(met, [true, false, false, true, true, false])
  assert.is(templar.test("said == 'mtu > 1' and said", scope), true)
  for (const condition of ['{{ said }}', '{{ same }}', 'not {{ said }}', "{{ lookup('env', 'HOME') }}"])
    for (let twice = 0; twice < 2; twice++)
      assert.throws(
        () => templar.test(condition, scope),
        (error: FailureError) => error.failure.code === 'unsafe' && /never evaluated/.test(error.message),
        condition,
      )
})

test('the conditions of assert may come from a list that people wrote, and from no other', () => {
  const scope = layered([written({ checks: ['mtu > 1', 'mtu > 9999'], mtu: 9216 }), data({ said: ['mtu > 1'] })])
  assert.is(templar.broken(['mtu > 1', '{{ checks }}'], scope), 'mtu > 9999')
  assert.is(templar.broken(['mtu > 1', true], scope), undefined)
  assert.throws(() => templar.broken('{{ said }}', scope), /never evaluated/)
})

test('an expression that a template makes of data may only name a variable', () => {
  const scope = layered([written({ n: 1, a: { b: [7] } }), data({ name: 'a.b[0]', said: '1 + 1' })])
  assert.equal(templar.evaluate('n', scope), { expression: 'n', value: 1 })
  assert.equal(templar.evaluate('{{ name }}', scope), { expression: 'a.b[0]', value: '7' })
  assert.throws(() => templar.evaluate('{{ said }}', scope), /never evaluated/)
})

test('a template that does not end is stopped, and object internals are out of reach', () => {
  assert.match(
    refusal('{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}'),
    'the template does not end',
  )
  assert.match(refusal("{{ ''.__class__ }}"), 'is unsafe')
  assert.match(refusal("{{ x['__proto__'] }}", { x: {} }), 'is unsafe')
  assert.is(render('{{ 1 }} and on'), '1 and on')
})

test('what would fill the memory or the stack is refused, and the next template renders', () => {
  for (const bomb of ["{{ 'a' * 1000000000 }}", '{{ [0] * n }}', '{{ l * n }}'])
    assert.match(refusal(bomb, { n: 100_000_000, l: [1] }), 'is refused')
  assert.match(refusal(`{{ ${'('.repeat(3000)}1${')'.repeat(3000)} }}`), 'nested too deeply')
  assert.match(refusal('{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}'), 'recursion limit')
  assert.is(render("{{ n * 2.5 }} {{ 'ab' * 2 }} {{ l * 2 }} {{ n * n }}", { n: 4, l: [1] }), '10.0 abab [1, 1] 16')
})

test('unknown filters, tests, functions and lookups name the nearest', () => {
  assert.match(refusal("{{ 'a' | uper }}"), `no filter named 'uper'. Did you mean "upper"?`)
  assert.match(refusal("{{ 'a' is strin }}"), `no test named 'strin'. Did you mean "string"?`)
  assert.match(refusal("{{ lokup('env', 'A') }}"), `Did you mean "lookup"?`)
  assert.match(refusal("{{ lookup('evn', 'A') }}"), `Did you mean "env"?`)
})

test('hostvars are asked for one host and name at a time', () => {
  const asked: string[] = []
  const others = createTemplar({
    hostNames: () => ['a', 'b'],
    hostVariables: host => {
      asked.push(host)
      return host === 'c' ? null : writtenScope({ rank: `${host}-{{ n }}`, n: 1 })
    },
  })
  assert.is(others.render("{{ hostvars['a'].rank }}!", NOTHING), 'a-1!')
  assert.equal([...new Set(asked)], ['a'])
  assert.is(others.render("{{ hostvars['c'].rank | default('none') }} {{ 'b' in hostvars }}", NOTHING), 'none True')
})

test('statements: loops, set, namespaces, macros, raw, filters and lists that grow', () => {
  assert.is(render("{% for k, v in {'b': 1, 'a': 2}.items() %}{{ loop.index }}{{ k }}{{ v }} {% endfor %}"), '1b1 2a2 ')
  assert.equal(
    render('{% set out = [] %}{% for v in l %}{{ out.append(v * 2) }}{% endfor %}{{ out }}', { l: [1, 2] }),
    [2, 4],
  )
  assert.is(
    render('{% set n = namespace(c=0) %}{% for v in l if v > 1 %}{% set n.c = n.c + v %}{% endfor %}{{ n.c }}', {
      l: [1, 2, 3],
    }),
    '5',
  )
  assert.is(render("{% macro m(a, b=2) %}{{ a }}/{{ b }}{% endmacro %}{{ m('x') }} {{ m(1, b=3) }}"), 'x/2 1/3')
  assert.is(render('{% raw %}{{ x }}{% endraw %} {# gone #}{% filter upper %}a{% endfilter %}'), '{{ x }} A')
})

test('a template file trims the line of a statement, includes and imports others', () => {
  const folder = folderOf({
    'templates/part.j2': 'part {{ v }}\n',
    'templates/lib.j2': '{% macro m(x) %}<{{ x }}>{% endmacro %}\n',
    'whole.j2':
      "{% import 'lib.j2' as lib %}\n{% if true %}\n{{ lib.m(1) }}\n{% endif %}\n{% include 'part.j2' %}\nend\n",
    'lacking.j2': "{% include 'none.j2' %}",
  })
  const files = createTemplar({ folders: [folder] })
  assert.is(files.renderFile(join(folder, 'whole.j2'), writtenScope({ v: 'w' })), '<1>\npart wend\n')
  assert.throws(() => files.renderFile(join(folder, 'lacking.j2'), NOTHING), /could not find the template none\.j2/)
})

test('a task name keeps what cannot be rendered as written', () => {
  assert.is(templar.renderName('set {{ a }} on {{ gone }}', writtenScope({ a: 1 })), 'set 1 on {{ gone }}')
})

test('a failing filter leaves the machine usable', () => {
  assert.match(refusal("{{ 'x' | from_json }}"), 'filter from_json: this is not JSON')
  assert.is(render("{{ '[1]' | from_json | first }}!"), '1!')
})

test.run()
