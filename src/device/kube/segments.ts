import type { Work } from '../../model/device.ts'
import type { KubeCommand, KubeObject } from '../../model/kube.ts'

/** A command, and which task of the write it belongs to. */
export interface Step {
  readonly task: number
  readonly command: KubeCommand
}

/** Commands that one kubectl process can do. */
export interface Segment {
  readonly verb: KubeCommand['verb']
  readonly force: boolean
  /** create: in whose name. */
  readonly manager?: string
  readonly steps: readonly Step[]
}

/**
 * Cuts the commands of several tasks into as few kubectl calls as their order allows: tasks keep their order; within one task what
 * others need goes first, and deletions go last and backwards. A new kind ends its call: kubectl looks kinds up before it sends anything.
 */
export function segmentsOf(work: readonly Work<'kube'>[]): readonly Segment[] {
  const segments: (Omit<Segment, 'steps'> & { readonly steps: Step[] })[] = []
  const steps = work.flatMap((task, index) => inOrder(task.commands).map(command => ({ task: index, command })))
  for (const step of steps) {
    const { verb, force = false, manager } = step.command
    const last = segments.at(-1)
    const isAlike = last && last.verb === verb && last.force === force && last.manager === manager
    const fits = isAlike && !awaitsKind(last.steps, step)
    if (fits) last.steps.push(step)
    else segments.push({ verb, force, ...(manager === undefined ? {} : { manager }), steps: [step] })
  }
  return segments
}

/** CRDs, namespaces, RBAC, Secrets and ConfigMaps, the rest. */
export function phaseOf(object: KubeObject): number {
  if (object.kind === 'CustomResourceDefinition') return 0
  if (object.kind === 'Namespace') return 1
  if (/^(ServiceAccount|(Cluster)?Role(Binding)?)$/.test(object.kind)) return 2
  return object.kind === 'Secret' || object.kind === 'ConfigMap' ? 3 : 4
}

function inOrder(commands: readonly KubeCommand[]): readonly KubeCommand[] {
  const byPhase = (one: KubeCommand, other: KubeCommand) => phaseOf(one.object) - phaseOf(other.object)
  const writes = commands.filter(command => command.verb !== 'delete').toSorted(byPhase)
  const deletes = commands.filter(command => command.verb === 'delete').toSorted(byPhase)
  return [...writes, ...deletes.reverse()]
}

function awaitsKind(steps: readonly Step[], next: Step): boolean {
  return steps.some(step => phaseOf(step.command.object) === 0) && phaseOf(next.command.object) !== 0
}
