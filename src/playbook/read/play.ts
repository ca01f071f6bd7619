import type { Play, Step } from '../../model/play.ts'
import type { Value, Variables } from '../../model/value.ts'
import { checkTemplates } from './check-syntax.ts'
import { PLAY_KEYWORDS } from './keyword-table.ts'
import { checkKeywords, listOf, readKeywords } from './keywords.ts'
import { below, type Loading, type Node, problem } from './loading.ts'
import { roleEntry } from './role.ts'
import { readSteps } from './steps.ts'

/** One play. Problems are noted in loading. */
export async function readPlay(node: Node, outer: Loading): Promise<Play> {
  const value = node.value as Record<string, Value>
  checkKeywords(node, PLAY_KEYWORDS, { loading: outer, what: 'a play' })
  checkHosts(node, outer)
  checkTemplates(node, ['hosts'], outer)
  const keywords = readKeywords(node, outer)
  const roles = { defaults: {}, vars: {}, handlers: [] as Step[], seen: new Set<string>() }
  const loading: Loading = {
    ...outer,
    roles,
    known: { ...keywords.vars, ...outer.known },
    complete: value.module_defaults === undefined,
  }
  const steps = (key: string) => readSteps(below(node, [key]), loading)
  const roleSteps = await readRoles(node, loading)
  const parts = {
    preTasks: await steps('pre_tasks'),
    tasks: [...roleSteps, ...(await steps('tasks'))],
    postTasks: await steps('post_tasks'),
  }
  const handlers = await steps('handlers')
  return {
    ...keywords,
    hosts: Array.isArray(value.hosts) ? value.hosts.map(String).join(',') : (value.hosts ?? ''),
    varsFiles: listOf(value.vars_files),
    ...parts,
    handlers: [...roles.handlers, ...handlers],
    serial: listOf(value.serial),
    gatherFacts: value.gather_facts ?? null,
    ...given('strategy', value.strategy),
    ...given('maxFailPercentage', value.max_fail_percentage),
    ...given('forceHandlers', value.force_handlers),
    ...given('order', value.order),
    ...given('varsPrompt', value.vars_prompt),
    ...connectionOf(value),
    roleDefaults: roles.defaults,
    roleVars: roles.vars,
    folders: loading.folders,
  }
}

function checkHosts(node: Node, outer: Loading): void {
  const value = node.value as Record<string, Value>
  if (value.hosts === undefined || value.hosts === null || value.hosts === '' || listOf(value.hosts).length === 0)
    problem(outer, node, {
      ...(value.hosts === undefined ? {} : { path: ['hosts'] }),
      what: value.hosts === undefined ? 'a play needs "hosts".' : 'the host pattern of the play is empty.',
      remedy: 'Name hosts or groups: hosts: leaves.',
    })
}

function given<K extends string>(key: K, value: Value | undefined): { [key in K]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: Value })
}

const CONNECTION: readonly (readonly [keyword: string, variable: string])[] = [
  ['connection', 'ansible_connection'],
  ['remote_user', 'ansible_user'],
  ['user', 'ansible_user'],
  ['port', 'ansible_port'],
  ['timeout', 'ansible_timeout'],
]

function connectionOf(value: Record<string, Value>): { connection?: Variables } {
  const entries = CONNECTION.flatMap(([keyword, variable]) =>
    value[keyword] === undefined ? [] : [[variable, value[keyword]]],
  )
  return entries.length === 0 ? {} : { connection: Object.fromEntries(entries) as Variables }
}

/** `roles:` run before the play's tasks, each as a block with the entry's keywords; other keys of an entry are variables. */
async function readRoles(node: Node, loading: Loading): Promise<Step[]> {
  const { roles } = node.value as Record<string, Value>
  const blocks: Step[] = []
  for (const index of listOf(roles).keys()) blocks.push(...(await roleEntry(below(node, ['roles', index]), loading)))
  return blocks
}
