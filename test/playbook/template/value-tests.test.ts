import { testNames } from '../../../src/playbook/template/value-tests.ts'
import { answersSuite } from '../../support/answers.ts'

answersSuite('tests', testNames())
