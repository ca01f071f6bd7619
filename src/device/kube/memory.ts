import type { Target } from '../../connection/kubectl/kubeconfig.ts'
import type { Kubectl } from '../../connection/kubectl/kubectl.ts'
import { getLive } from '../../connection/kubectl/live.ts'
import type { KubeObject, KubeRef } from '../../model/kube.ts'
import { keyOf, refOf } from '../../model/kube-name.ts'
import { gather } from '../gather.ts'
import { type Outlook, previewAll, type Question } from './preview.ts'
import type { Staged } from './staged.ts'

type Settled<T> = PromiseSettledResult<T>
type Ask<Q, A> = (questions: readonly Q[]) => Promise<readonly Settled<A>[]>

/** What a run knows of a cluster: each object is asked for once, together with the others of its pass. */
export interface Memory {
  readonly staged: Staged
  /** Live objects, kept. */
  readonly live: Ask<KubeRef, KubeObject | null>
  /** Live objects, asked again. */
  readonly fresh: Ask<KubeRef, KubeObject | null>
  /** What earlier tasks of the run have declared, by object: what the server takes away once a later one declares less. */
  readonly declared: Map<string, KubeObject>
  /** Outlooks, kept by content. */
  readonly outlooks: Ask<Question, Outlook>
  /** Drops what is known of these objects (after a write), or all of it. */
  forget(keys?: ReadonlySet<string>): void
}

export interface MemoryOptions {
  readonly kubectl: Kubectl
  readonly targetOf: () => Promise<Target>
  readonly progress: (text: string) => void
}

export function memoryOf({ kubectl, targetOf, progress }: MemoryOptions): Memory {
  const staged: Staged = new Map()
  const fresh = gather<KubeRef, KubeObject | null>(async refs => {
    progress(refs.length === 1 ? '1 object' : `${refs.length} objects`)
    return getLive(kubectl, await targetOf(), refs)
  })
  const live = keep<KubeRef, KubeObject | null>(fresh, async ref => identified(ref, (await targetOf()).namespace))
  const asked = gather<Question, Outlook>(async questions =>
    previewAll({ kubectl, target: await targetOf(), questions, readLive: objects => live.ask(objects.map(refOf)) }),
  )
  const outlooks = keep<Question, Outlook>(asked, async question => {
    const { key } = identified(refOf(question.object), (await targetOf()).namespace)
    return { key, content: JSON.stringify([question.object, question.force]) }
  })
  return {
    staged,
    declared: new Map(),
    fresh,
    live: live.ask,
    outlooks: outlooks.ask,
    forget(keys) {
      live.forget(keys)
      outlooks.forget(keys)
      for (const key of [...staged.keys()]) if (!keys || keys.has(key)) staged.delete(key)
    },
  }
}

interface Identified {
  /** The object it is about. */
  readonly key: string
  readonly content: string
}

function identified(ref: KubeRef, namespace: string): Identified {
  const key = keyOf(ref, namespace)
  return { key, content: `${key}|${ref.apiVersion}` }
}

/** Keeps answers by content. A call that failed as a whole is not kept: the next question tries again. */
function keep<Q, A>(ask: Ask<Q, A>, identify: (question: Q) => Promise<Identified>) {
  const known = new Map<string, { readonly key: string; readonly answer: Promise<Settled<A>> }>()
  return {
    async ask(questions: readonly Q[]): Promise<readonly Settled<A>[]> {
      const identities = await Promise.all(questions.map(identify))
      const missing = identities.flatMap(({ content }, index) => (known.has(content) ? [] : [index]))
      const asking = ask(missing.map(index => questions[index] as Q))
      asking.catch(() => {})
      missing.forEach((index, place) => {
        const { key, content } = identities[index] as Identified
        const answer = asking.then(answers => answers[place] as Settled<A>)
        answer.catch(() => known.delete(content))
        known.set(content, { key, answer })
      })
      const entries = identities.map(({ content }) => known.get(content)?.answer as Promise<Settled<A>>)
      return Promise.all(entries)
    },
    forget(keys?: ReadonlySet<string>): void {
      for (const [content, { key }] of [...known]) if (!keys || keys.has(key)) known.delete(content)
    },
  }
}
