import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { refuseUntypeable, untypeable, untypeableAmong } from '../../../src/diff/cli/typeable.ts'
import { FailureError } from '../../../src/model/failure.ts'

const test = suite('diff/cli/typeable')
const OBEYED = ['\r', '\n', '\u0000', '\u0003', '\u0015', '\u001b', '\b', '\u007f', '\u009b', '?']

function refusalOf(lines: readonly string[]): string | null {
  try {
    refuseUntypeable('lines', lines)
    return null
  } catch (error) {
    assert.ok(error instanceof FailureError)
    assert.is(error.failure.code, 'invalid')
    return error.failure.message
  }
}

test('a line with a character that a switch obeys is refused, wherever it stands', () => {
  fc.assert(
    fc.property(fc.constantFrom(...OBEYED), fc.string(), fc.string(), (letter, before, after) => {
      const line = `description a${before}${letter}${after}b`
      assert.ok(refusalOf(['vlan 10', line]))
      assert.ok(untypeableAmong([{ parents: ['interface Vlan10'], line }]))
      assert.ok(untypeableAmong([{ parents: [line], line: 'shutdown' }]))
    }),
  )
})

test('the line, its number and the character are named, and no secret or control character is', () => {
  const said = refusalOf(['vlan 10', 'password 0 Canary\rno vlan 20'])
  assert.match(said ?? '', 'lines, line 2')
  assert.match(said ?? '', 'a carriage return')
  assert.not.match(said ?? '', 'Canary')
  assert.match(refusalOf(['description "what?"']) ?? '', "a '?', which asks for help")
})

test('tabs between words, a newline at the end of a text, and the lines of a banner are no harm', () => {
  assert.is(refusalOf(['ip\taddress 192.0.2.1/24', 'vlan 10\n', 'description äöü – "quoted" $x']), null)
  assert.is(refusalOf(['banner motd ^\nWho are you?\nGo away\n^']), null)
  assert.is(refusalOf(['banner motd ^', 'Who are you?', '^', 'vlan 10']), null)
  assert.ok(refusalOf(['banner motd ^', 'Who?\u001b[2J', '^']))
  assert.ok(refusalOf(['banner motd ^', 'Who?', '^', 'description what?']))
  assert.is(untypeableAmong([{ parents: ['banner motd ^'], line: 'Who are you?' }]), null)
  assert.is(untypeable('vlan 10'), null)
})

test.run()
