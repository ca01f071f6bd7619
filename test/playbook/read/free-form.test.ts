import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseFreeForm } from '../../../src/playbook/read/free-form.ts'

test('names and values in one line, quotes and templates kept whole', () => {
  assert.equal(parseFreeForm(`src=a dest="b c" msg={{ x | default('y z') }}`).named, {
    src: 'a',
    dest: 'b c',
    msg: "{{ x | default('y z') }}",
  })
})

test('free text keeps its line ends and the names that are not arguments', () => {
  const { named, rest } = parseFreeForm('chdir=/tmp A=1 sh -c "echo a\n  echo b"\necho c', ['chdir', 'creates'])
  assert.equal([named, rest], [{ chdir: '/tmp' }, 'A=1 sh -c "echo a\n  echo b"\necho c'])
})

test('an argument given twice and an open quote are refused', () => {
  assert.throws(() => parseFreeForm('a=1 a=2'), /the argument a is given twice/)
  assert.throws(() => parseFreeForm('a="1'), /a quote " is not closed/)
})

test.run()
