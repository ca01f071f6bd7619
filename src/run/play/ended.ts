import { emit } from '../emit.ts'
import type { PlayRun } from '../state.ts'
import type { Ended } from '../target/devices.ts'
import { count, emptyRecap } from '../task/result.ts'

/** Tells of devices whose last step failed (saving, verifying, removing the checkpoint): the host's run did not end well. */
export function reportEnded(
  { run, play, name }: Pick<PlayRun, 'run' | 'play' | 'name'>,
  ended: readonly Ended[],
): void {
  for (const { host, failure } of ended) {
    run.recaps.set(host, count(run.recaps.get(host) ?? emptyRecap(), 'failed', { changed: false, rounds: [] }))
    run.out.set(host, 'failed')
    emit(run, {
      event: 'host-result',
      play: name,
      task: 'Save and verify',
      id: 'finish',
      action: 'finish',
      at: { file: play.at.file, line: play.at.line, column: play.at.column },
      host,
      status: 'failed',
      seconds: 0,
      failure,
    })
  }
}
