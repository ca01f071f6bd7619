import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writtenScope } from '../../../src/model/scope.ts'
import type { Value, Variables } from '../../../src/model/value.ts'
import { compileTemplate } from '../../../src/playbook/jinja/compile.ts'
import { createEngine } from '../../../src/playbook/jinja/engine.ts'
import { joinPieces } from '../../../src/playbook/jinja/pieces.ts'
import { createTemplar } from '../../../src/playbook/template/template.ts'

const variables: Variables = {
  fabric: { asn: 65102, vrf: 'vrf-001', on: true, none: null, ratio: 1.5, ports: ['Ethernet1/1', 'Ethernet1/2'] },
  name: 'blue',
}
const join = (template: string) => {
  const { pieces } = compileTemplate(template)
  return pieces && joinPieces(pieces, name => variables[name] as Value)
}

const templates = [
  '{{ name }}',
  'router bgp {{ fabric.asn }}',
  "{{ fabric['vrf'] }}/{{ fabric.ports[1] }}",
  '{{ fabric.on }}',
  'x{{ fabric.none }}y',
  '{{ fabric.ports }}',
  '{{ fabric }}',
]

test('text and plain variables come out as from the template machine', () => {
  const engine = createEngine()
  const services = new Proxy({}, { get: () => () => undefined }) as never
  for (const template of templates) {
    const { source, orders } = compileTemplate(template)
    const joined = join(template)
    const rendered = engine({ source, orders, variables: variables as Record<string, Value>, services })
    assert.is(joined?.text, rendered.text, template)
    if (compileTemplate(template).single) assert.equal(joined?.captured, rendered.captured, template)
  }
})

test('whatever else it is, is left to the template machine', () => {
  for (const template of [
    '{{ name | upper }}',
    '{{ 1 }}',
    '{{- name }}',
    '{% if name %}x{% endif %}',
    '{{ hostvars.a.b }}',
  ])
    assert.is(join(template), null, template)
  for (const template of [
    '{{ missing }}',
    '{{ fabric.missing }}',
    '{{ fabric.ratio }}',
    '{{ fabric.ports[7] }}',
    '{{ name.upper }}',
  ])
    assert.is(join(template), null, template)
})

test('a template sees another value of the same variable', () => {
  const templar = createTemplar()
  const render = (fabric: Value) =>
    templar.render("{{ fabric.asn + 1 }} {{ fabric.name ~ '!' }}", writtenScope({ fabric }))
  assert.is(render({ asn: 1, name: 'a' }), '2 a!')
  assert.is(render({ asn: 1, name: 'a' }), '2 a!')
  assert.is(render({ asn: 2, name: 'a' }), '3 a!')
  assert.is(render({ asn: 1, name: 'b' }), '2 b!')
})

test.run()
