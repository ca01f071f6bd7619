import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { modeOf } from '../../../src/modules/machine/mode.ts'

const from = (current: number | null) => ({ current, source: 0o711 })

test('octal, symbolic and preserved modes are what chmod makes of them', () => {
  assert.is(modeOf('0644', from(null)), 0o644)
  assert.is(modeOf('4755', from(0o600)), 0o4755)
  assert.is(modeOf('u=rw,g=r,o=', from(0o777)), 0o640)
  assert.is(modeOf('a+X', from(0o640)), 0o640)
  assert.is(modeOf('a+X', from(0o740)), 0o751)
  assert.is(modeOf('g=u,o-rwx', from(0o754)), 0o770)
  assert.is(modeOf('u+s,+t', from(0o755)), 0o5755)
  assert.is(modeOf('preserve', from(0o600)), 0o711)
  assert.is(modeOf(undefined, from(0o600)), null)
})

test('a text is a mode that can be read, or is refused: never 0000 by mistake', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ugoarwxXst=+-,0789 z'), maxLength: 8 }), text => {
      try {
        const bits = modeOf(text, from(0o644))
        assert.ok(bits !== null && bits >= 0 && bits <= 0o7777)
        if (bits === 0) assert.match(text, /^0+$|[=-]/)
      } catch (error) {
        assert.match((error as Error).message, 'neither octal nor symbolic')
      }
    }),
  )
})

test.run()
