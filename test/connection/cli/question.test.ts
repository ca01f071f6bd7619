import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { answerTo, isQuestion, refusalOf } from '../../../src/connection/cli/question.ts'

test('what waits for an answer is a question, whatever blanks are in it; what only mentions one is none', () => {
  for (const asked of [
    'This command will reboot the system. (y/n)?  [n] ',
    'Do you wish to proceed anyway? (y/n)  [n] ',
    'Sure (yes/no): ',
    'Erase [confirm]',
    'Go on [Y/N] : [n]:',
    `Continue (y/n)?${' '.repeat(200)}`,
  ])
    assert.ok(isQuestion('reload', asked), asked)
  for (const text of ['description really (y/n) asked', '(y/n)? was the question', 'leaf-a# ', '', 'yes/no'])
    assert.not(isQuestion('reload', text), text)
  assert.not(isQuestion('show running-config', '  description reboot? (y/n)'))
})

test('only known questions of known commands are answered; others are declined in their own words', () => {
  assert.is(answerTo('no feature bgp', 'Continue (y/n)? [n]'), 'y')
  assert.is(answerTo('reload', 'This command will reboot the system. (y/n)?'), null)
  assert.equal(['(y/n)?', 'Sure (yes/no)', 'Erase [confirm]'].map(refusalOf), ['n\n', 'no\n', '\x03'])
})

test.run()
