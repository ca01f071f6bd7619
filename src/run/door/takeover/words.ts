import type { PastRun } from '../../../journal/ledger.ts'
import type { Judged } from './judge.ts'

/** What was found on a target, as far as a person needs it. */
export interface FoundThere {
  readonly host: string
  readonly past: PastRun
  readonly judged: readonly Judged[]
  /** The checkpoint, where it is still there. */
  readonly net: string | null
  readonly saves: boolean
  readonly isWhole: boolean
}

/** What an earlier run left, and what is done with it. */
export function foundText(found: FoundThere, mode: 'plan' | 'run'): string {
  const { host, past } = found
  const when = past.time.slice(0, 16).replace('T', ' ')
  return `${host}: run ${past.id} of ${past.who} (${when}) ${endOf(past)} here: ${summary(found)}. ${nextText(found, mode)}`
}

/** The end of a run that could not finish what an earlier one left. */
export function leftText(found: FoundThere): string {
  const { host, past, net } = found
  return `${host}: what run ${past.id} left is still not whole: ${summary(found)}. Its checkpoint stays. ${wayBackText(net)} To keep what is there: no checkpoint ${net}.`
}

function endOf({ exit }: PastRun): string {
  return exit === null ? 'was broken off' : exit === 0 ? 'did not finish' : 'failed and did not finish'
}

function nextText({ net, saves, isWhole }: FoundThere, mode: 'plan' | 'run'): string {
  const steps = [saves ? 'the configuration is saved' : '', net === null ? '' : `its checkpoint ${net} is removed`]
  const finishing = steps.filter(step => step !== '').join(' and ')
  if (isWhole && finishing === '') return 'Nothing of it is left to be finished.'
  if (isWhole) return `${mode === 'plan' ? 'A run finishes it' : 'This run finishes it'}: ${finishing}.`
  if (net === null) return `What is missing is planned anew.`
  return `Its checkpoint ${net} stays until all of it is in place, which ${mode === 'plan' ? "a run's" : "this run's"} tasks may bring about. ${wayBackText(net)}`
}

function wayBackText(net: string | null): string {
  return `To go back to before that run, on the switch: rollback running-config checkpoint ${net}.`
}

/** 'of 5 changes 3 are there, 1 is not, 1 in part (Session: 2 of 3)'. */
function summary({ judged }: FoundThere): string {
  if (judged.length === 0) return 'it had sent nothing'
  const count = (verdict: Judged['verdict']) => judged.filter(each => each.verdict === verdict).length
  const half = judged
    .filter(({ verdict }) => verdict === 'half')
    .map(({ intent, made, of }) => `${intent.title}: ${made} of ${of}`)
  const parts = [
    count('applied') > 0 ? `${count('applied')} ${count('applied') === 1 ? 'is' : 'are'} there` : '',
    count('absent') > 0 ? `${count('absent')} ${count('absent') === 1 ? 'is' : 'are'} not` : '',
    half.length > 0 ? `${half.length} ${half.length === 1 ? 'is' : 'are'} there in part (${half.join('; ')})` : '',
    count('unknown') > 0 ? `of ${count('unknown')} it cannot be told` : '',
  ]
  return `of the ${judged.length === 1 ? 'change' : `${judged.length} changes`} that it had begun ${parts.filter(part => part !== '').join(', ')}`
}
