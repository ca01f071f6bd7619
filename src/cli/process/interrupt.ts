import { isHangupIgnored } from './hangup.ts'
import { listenToWrapper } from './wrapper.ts'

/** What Ctrl-C means to a run: once = end after the running step, twice = stop at once. */
export interface Interrupt {
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  release(): void
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP until released; `say` is called once for each step. A terminal that hangs up is as good as
 * one Ctrl-C however often it is told, and nothing where hang-ups were to be ignored (nohup). So is a wrapper that is gone.
 */
export function listenForInterrupt(say: (text: string) => void, environment: NodeJS.ProcessEnv = {}): Interrupt {
  const stop = new AbortController()
  const abort = new AbortController()
  const stays = isHangupIgnored(environment)
  const end = () => {
    if (stop.signal.aborted) return
    say('Stopping after the running step. Ctrl-C again stops at once, and then it is unknown how far that step got.')
    stop.abort()
  }
  const interrupt = () => {
    if (!stop.signal.aborted) return end()
    if (abort.signal.aborted) return
    say('Stopping at once.')
    abort.abort()
  }
  const hangUp = () => {
    if (!stays) end()
  }
  const act = (name: string) => (name === 'SIGHUP' ? hangUp() : interrupt())
  const wrapper = listenToWrapper(act, end)
  const onSignal = (name: string) => {
    if (wrapper.hears(name)) act(name)
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, onSignal)
  return {
    stop: stop.signal,
    abort: abort.signal,
    release: () => {
      for (const name of names) process.off(name, onSignal)
      wrapper.release()
    },
  }
}
