import { openSession } from '../../connection/http/session.ts'
import type { ApicChange } from '../../diff/apic/change.ts'
import type { Device } from '../../model/device.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Progress } from '../../model/progress.ts'
import { targetOf } from '../../model/target.ts'
import { type ApicSnapshot, openSnapshot } from './snapshot.ts'
import { missing, notHeld, standingsOf } from './verify.ts'
import { takeBack, writeApic } from './write.ts'

export interface ApicOptions {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Milliseconds of the first wait after a 503. */
  readonly backoffMilliseconds?: number
  /** A clock in milliseconds, for the tests. */
  readonly now?: () => number
}

/**
 * An APIC in a run: one login at the first request, one snapshot, writes as few trees. Nothing is sent before the first read or
 * write. @throws FailureError invalid: the CA file cannot be read.
 */
export async function openApic(options: ApicOptions): Promise<Device<'apic'>> {
  const session = openSession(options)
  const snapshot = openSnapshot((path, query) => {
    options.progress('reading', path.replace(/^\/api\/mo\/|\.json$/g, ''))
    return session.get(path, query)
  })
  const written: ApicChange[] = []
  return {
    kind: 'apic',
    target: targetOf('apic', options.endpoint),
    read: {
      subtree: dn => snapshot.subtree(dn),
      get: (path, query) => session.get(path, query),
    },
    net: null,
    stage: changes => snapshot.stage(changes as readonly ApicChange[]),
    async write(work) {
      const holds = async (changes: readonly ApicChange[]) => (await missing(snapshot, changes)).length === 0
      const writer = { post: session.post, holds, classOf: snapshot.classOf, progress: options.progress }
      const outcomes = await writeApic(work, writer)
      const applied = work.filter((_, index) => outcomes[index]?.state === 'applied')
      const changes = applied.flatMap(task => task.differences) as ApicChange[]
      written.push(...changes)
      snapshot.stage(changes)
      snapshot.settle()
      if (applied.length < work.length) snapshot.forget()
      return outcomes
    },
    verify: () => verify(snapshot, written),
    async commit() {
      written.length = 0
      return null
    },
    async revert() {
      const failure = await takeBack(written, {
        post: session.post,
        classOf: snapshot.classOf,
        progress: options.progress,
      })
      snapshot.forget()
      if (!failure) written.length = 0
      return failure
    },
    pending: () => (written.length === 0 ? null : { net: null }),
    ...takingUp(snapshot),
    reconnect: async () => session.logOut(),
    release: async () => session.close(),
  }
}

/** What the APIC took is kept: there is nothing to save, and nothing to let go of. */
function takingUp(snapshot: ApicSnapshot): Pick<Device, 'look' | 'adopt'> {
  return {
    look: async ({ changes }) => ({
      hasNet: false,
      standings: await standingsOf(snapshot, changes as readonly ApicChange[]),
    }),
    adopt: () => {},
  }
}

/** Reads what was written and holds it against what should be there. */
async function verify(snapshot: ApicSnapshot, written: readonly ApicChange[]): Promise<Failure | null> {
  if (written.length === 0) return null
  try {
    const wrong = await missing(snapshot, written)
    return wrong.length === 0 ? null : notHeld(wrong)
  } catch (error) {
    return { ...toFailure(error), aftermath: 'The APIC accepted all changes; whether it holds them could not be read.' }
  }
}
