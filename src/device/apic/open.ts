import { type ApicSession, openSession } from '../../connection/http/session.ts'
import type { ApicChange } from '../../diff/apic/change.ts'
import type { ApicRead, ApicTree } from '../../model/apic.ts'
import type { Device } from '../../model/device.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Progress } from '../../model/progress.ts'
import { targetOf } from '../../model/target.ts'
import { gather } from '../gather.ts'
import type { ApicWriter } from './attempt.ts'
import { type Get, readWhole } from './reading.ts'
import { type ApicSnapshot, openSnapshot } from './snapshot.ts'
import { type Undone, undo } from './undo.ts'
import { missing, notHeld, standingsOf } from './verify.ts'
import { writeApic } from './write.ts'

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
  const get: Get = (path, query) => {
    options.progress('reading', path.replace(/^\/api\/mo\/|\.json$/g, ''))
    return session.get(path, query)
  }
  const snapshot = openSnapshot(get)
  return {
    kind: 'apic',
    target: targetOf('apic', options.endpoint),
    read: {
      subtree: dn => snapshot.subtree(dn),
      now: nowOf(snapshot),
      get: (path, query) => session.get(path, query),
    },
    net: null,
    stage: changes => snapshot.stage(changes as readonly ApicChange[]),
    ...writing({ snapshot, get, post: session.post, options }),
    ...takingUp(snapshot),
    reconnect: async () => session.logOut(),
    release: async () => session.close(),
  }
}

/** The questions of one moment are one read. */
function nowOf(snapshot: ApicSnapshot): ApicRead['now'] {
  const asked = gather<readonly string[], ApicTree>(async questions => {
    const read = snapshot.reread([...new Set(questions.flat())])
    return Promise.allSettled(questions.map(() => read))
  })
  return async dns => {
    const [answer] = await asked([dns])
    if (answer?.status !== 'fulfilled') throw answer?.reason
    return answer.value
  }
}

interface Writing {
  readonly snapshot: ApicSnapshot
  readonly get: Get
  readonly post: ApicSession['post']
  readonly options: ApicOptions
}

/** The writing side, with what was written and is neither committed nor taken back. */
function writing({
  snapshot,
  get,
  post,
  options,
}: Writing): Pick<Device<'apic'>, 'write' | 'verify' | 'commit' | 'revert' | 'pending'> {
  const written: ApicChange[] = []
  const writer: ApicWriter = {
    post,
    standings: changes => standingsOf(snapshot, changes),
    live: dns => readWhole(get, dns),
    classOf: snapshot.classOf,
    progress: options.progress,
  }
  return {
    async write(work) {
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
      if (written.length === 0) return null
      const { end, text } = await undo(written, writer)
      snapshot.forget()
      if (end !== 'whole') return notReverted(options.endpoint.host, { end, text })
      written.length = 0
      return null
    },
    pending: () => (written.length === 0 ? null : { net: null }),
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

function notReverted(host: string, { end, text }: Undone): Failure {
  const message =
    end === 'left'
      ? `Not all that this run changed on the APIC ${host} could be taken back.`
      : `What this run changed on the APIC ${host} could not be taken back.`
  return { code: end === 'left' ? 'stale' : 'failed', message, aftermath: text }
}
