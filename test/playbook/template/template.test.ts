import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Value, Variables } from '../../../src/model/value.ts'
import { createTemplar, dropOmitted, protect } from '../../../src/playbook/template/template.ts'
import { folderOf } from '../../support/folder.ts'

const templar = createTemplar()
const render = (value: Value, variables: Variables = {}) => templar.render(value, variables)
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
  const variables = { mtu: 9216, name: 'leaf1', none_of: [] }
  assert.is(templar.test("9000 < mtu <= 9216 and name is match('leaf')", variables), true)
  assert.is(templar.test('none_of', variables), false)
  assert.is(templar.test(['true', 'mtu > 1', false], variables), false)
  assert.is(templar.test('false and gone', variables), false)
  assert.throws(() => templar.test('name == "leaf1" and gone', variables), /'gone' is undefined/)
})

test('a value from outside is never rendered', () => {
  const variables = { said: protect({ out: '{{ secret }}' }), secret: 'x' }
  assert.is(render('{{ said.out }}', variables), '{{ secret }}')
  assert.equal(render('{{ said }}', variables), { out: '{{ secret }}' })
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
      return host === 'c' ? null : { rank: `${host}-{{ n }}`, n: 1 }
    },
  })
  assert.is(others.render("{{ hostvars['a'].rank }}!", {}), 'a-1!')
  assert.equal([...new Set(asked)], ['a'])
  assert.is(others.render("{{ hostvars['c'].rank | default('none') }} {{ 'b' in hostvars }}", {}), 'none True')
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
  })
  const files = createTemplar({ folders: [folder] })
  const text =
    "{% import 'lib.j2' as lib %}\n{% if true %}\n{{ lib.m(1) }}\n{% endif %}\n{% include 'part.j2' %}\nend\n"
  assert.is(files.renderFile(text, { v: 'w' }), '<1>\npart wend\n')
  assert.throws(() => files.renderFile("{% include 'none.j2' %}", {}), /could not find the template none\.j2/)
})

test('a task name keeps what cannot be rendered as written', () => {
  assert.is(templar.renderName('set {{ a }} on {{ gone }}', { a: 1 }), 'set 1 on {{ gone }}')
})

test('a failing filter leaves the machine usable', () => {
  assert.match(refusal("{{ 'x' | from_json }}"), 'filter from_json: this is not JSON')
  assert.is(render("{{ '[1]' | from_json | first }}!"), '1!')
})

test.run()
