import { filterNames } from '../../../src/playbook/filters/index.ts'
import { answersSuite } from '../../support/answers.ts'

answersSuite('filters', filterNames())
