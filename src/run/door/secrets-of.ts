import type { ApicValue } from '../../diff/apic/change.ts'
import { isSecretAttribute } from '../../diff/apic/classes.ts'
import { secretsIn } from '../../diff/cli/secret.ts'
import { secretValuesOf } from '../../diff/kube/secret.ts'
import type { Intent } from '../../model/intent.ts'
import type { KubeState } from '../../model/kube.ts'
import type { CliTree, NxosCommand, NxosValue } from '../../model/nxos.ts'

/**
 * The secrets in what an intent changes, by the grammar of its kind: also those that only the target has, which no playbook names. A
 * switch shows a password in a form that anybody can turn back.
 */
export function secretsOf({
  kind,
  differences,
  commands,
}: Pick<Intent, 'kind' | 'differences' | 'commands'>): string[] {
  const values = differences.flatMap(({ before, after }) => [before, after]).filter(value => value !== null)
  if (kind === 'nxos')
    return [...(values as NxosValue[]).flatMap(ofLines), ...(commands as NxosCommand[]).flatMap(ofExec)]
  if (kind === 'apic') return (values as ApicValue[]).flatMap(ofObject)
  if (kind === 'kube') return (values as KubeState[]).flatMap(ofStates)
  return []
}

function ofLines(value: NxosValue): string[] {
  if (typeof value !== 'object' || !('line' in value)) return []
  const { parents, line, children = [] } = value
  const above = parents.flatMap((parent, depth) => found(parent, parents[depth - 1]))
  return [...above, ...found(line, parents.at(-1)), ...ofChildren(children, line)]
}

function ofExec(command: NxosCommand): string[] {
  return 'exec' in command ? found(command.exec) : []
}

function ofChildren(children: CliTree, context: string): string[] {
  return children.flatMap(node => [...found(node.line, context), ...ofChildren(node.children, node.line)])
}

function found(line: string, context?: string): string[] {
  return secretsIn(line, context).map(({ secret }) => secret)
}

function ofObject(value: ApicValue): string[] {
  return Object.entries(value.attributes ?? {}).flatMap(([name, text]) =>
    text !== '' && isSecretAttribute(value.class, name) ? [text] : [],
  )
}

function ofStates({ object, declared }: KubeState): string[] {
  return [object, declared].flatMap(each => (each ? secretValuesOf(each) : []))
}
