import type { Managed, ShownChange } from '../../model/managed.ts'
import type { CliBranch, CliTree, NxosValue } from '../../model/nxos.ts'
import { linesAmong, SAVE } from './save.ts'
import { maskedContexts, maskedLine } from './secret.ts'

/**
 * A change as a reviewer reads it: the contexts, then the lines that go and come, as in running-config. Reports draw the excerpts of
 * neighbouring changes as one diff (form: config). Secrets are left out.
 */
export function showCli(change: Managed<NxosValue>): ShownChange {
  const [line] = linesAmong([change])
  return line ? showLine(line) : SHOWN_SAVE
}

const SHOWN_SAVE: ShownChange = {
  resource: 'startup-config',
  action: 'update',
  form: 'config',
  lines: [`+${SAVE}`],
}

function showLine(change: Managed<CliBranch>): ShownChange {
  const { id, before, after, disrupts, oneWay } = change
  const parents = (after ?? before)?.parents ?? []
  const same = before?.line === after?.line && !after?.moved
  return {
    resource: maskedResource(id.replace(/^cli:/, ''), parents),
    action: before === null ? 'create' : after === null ? 'delete' : 'update',
    form: 'config',
    lines: [
      ...maskedContexts(parents).map((line, depth) => ` ${'  '.repeat(depth)}${line}`),
      ...(before && !same ? branch('-', before) : []),
      ...(after ? branch('+', after) : []),
    ],
    ...(disrupts === undefined ? {} : { disrupts }),
    ...(oneWay === undefined ? {} : { oneWay }),
  }
}

/** A line without a key is its own key, secret and all; a context may be one, and a line of before: or after: has its number before it. */
function maskedResource(resource: string, parents: readonly string[]): string {
  const above = parents.map(parent => `${parent}/`).join('')
  if (above !== '' && resource.startsWith(above)) {
    const inside = maskedLine(resource.slice(above.length), parents.at(-1))
    return [...maskedContexts(parents), inside].join('/')
  }
  const [number = ''] = /^(?:before|after)\/\d+: /.exec(resource) ?? []
  return number + maskedLine(resource.slice(number.length))
}

function branch(sign: string, { parents, line, children }: CliBranch): string[] {
  return [
    `${sign}${'  '.repeat(parents.length)}${maskedLine(line, parents.at(-1))}`,
    ...below(sign, children ?? [], [...parents, line]),
  ]
}

function below(sign: string, children: CliTree, path: readonly string[]): string[] {
  return children.flatMap(node => [
    `${sign}${'  '.repeat(path.length)}${maskedLine(node.line, path.at(-1))}`,
    ...below(sign, node.children, [...path, node.line]),
  ])
}
