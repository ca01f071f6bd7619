import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderApic, showApic } from '../../../src/diff/apic/change.ts'

const peer = { class: 'bgpPeerP', attributes: { addr: '10.0.0.0/24', password: 'Canary-1', ctrl: '' } }

test('a change is shown attribute by attribute, its secrets masked', () => {
  const shown = showApic({ id: 'apic:x/peerP-[10.0.0.0/24]', before: null, after: peer })
  assert.equal(shown.lines, ['+ bgpPeerP', "+ ctrl: ''", '+ password: ********'])
  assert.is(shown.action, 'create')
  assert.not.match(JSON.stringify(shown), 'Canary')
})

test('an update shows the old value above the new one', () => {
  const shown = showApic({
    id: 'apic:uni/tn-a',
    before: { class: 'fvTenant', attributes: { descr: 'old', nameAlias: 'o' } },
    after: { class: 'fvTenant', attributes: { descr: 'new', nameAlias: 'n' } },
    disrupts: 'nothing much',
  })
  assert.equal(shown.lines, ['  fvTenant', '- descr: old', '+ descr: new', '- nameAlias: o', '+ nameAlias: n'])
  assert.is(shown.disrupts, 'nothing much')
})

test('a deletion shows what was special about the object', () => {
  const attributes = { ip: '10.0.0.0/24', aggregate: 'yes', fromPfxLen: '0', userdom: ':all:' }
  const shown = showApic({ id: 'apic:x', before: { class: 'rtctrlMatchRtDest', attributes }, after: null })
  assert.equal(shown.lines, ['- rtctrlMatchRtDest', '- aggregate: yes'])
})

test('one delete is sent for an object and all below it', () => {
  const before = { class: 'fvTenant', attributes: {} }
  const commands = renderApic([
    { id: 'apic:uni/tn-a/ctx-b', before: { class: 'fvCtx', attributes: {} }, after: null },
    { id: 'apic:uni/tn-a', before, after: null },
    { id: 'apic:uni/tn-ab', before, after: null },
  ])
  assert.equal(
    commands.map(({ dn, delete: gone }) => [dn, gone]),
    [
      ['uni/tn-a', true],
      ['uni/tn-ab', true],
    ],
  )
})

test.run()
