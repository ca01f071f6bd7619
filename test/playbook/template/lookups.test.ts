import { lookupNames } from '../../../src/playbook/template/lookups.ts'
import { answersSuite } from '../../support/answers.ts'

answersSuite('lookups', lookupNames())
