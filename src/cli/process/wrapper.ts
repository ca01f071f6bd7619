/**
 * Under an older Node, bin/weft.js stands in front of this process (bin/local-node.js) and passes on what it is told. A Ctrl-C in a
 * terminal reaches both, a `kill` only one of them: the two reports of one signal are one.
 */
export function listenToWrapper(
  onSignal: (name: string) => void,
  onGone: () => void,
): { readonly hears: Hears; release(): void } {
  const pairs = pairReports()
  const onMessage = (message: unknown) => {
    const name = signalIn(message)
    if (name !== null && pairs('wrapper', name)) onSignal(name)
  }
  const isThere = process.send !== undefined
  if (isThere) {
    process.on('message', onMessage)
    process.on('disconnect', onGone)
    // Listening must not keep a process alive that has nothing else to do.
    process.channel?.unref()
    tell(true)
    if (!process.connected) onGone()
  }
  return {
    hears: name => !isThere || pairs('own', name),
    release: () => {
      process.off('message', onMessage)
      process.off('disconnect', onGone)
      tell(false)
    },
  }
}

/** Whether a signal that this process got itself is news. */
export type Hears = (name: string) => boolean

type Side = 'own' | 'wrapper'

/** How far apart the two reports of one signal may be, on a machine that is busy. */
const PAIR_MILLISECONDS = 1000

/** Answers whether a report is news, or the other half of one that was heard before. */
export function pairReports(now: () => number = () => performance.now()): (side: Side, name: string) => boolean {
  const single: { side: Side; name: string; time: number }[] = []
  return (side, name) => {
    const time = now()
    while (single[0] && time - single[0].time > PAIR_MILLISECONDS) single.shift()
    const other = single.findIndex(each => each.side !== side && each.name === name)
    if (other >= 0) single.splice(other, 1)
    else single.push({ side, name, time })
    return other < 0
  }
}

function signalIn(message: unknown): string | null {
  const { weft, name } = (message ?? {}) as { weft?: unknown; name?: unknown }
  return weft === 'signal' && typeof name === 'string' ? name : null
}

/** Signals come by message only while they are listened for; otherwise they end the process as any. */
function tell(now: boolean): void {
  if (process.connected) process.send?.({ weft: 'listens', now }, undefined, undefined, () => {})
}
