import { dirname, resolve } from 'node:path'
import { readYamlFile } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import type { ModuleEntry } from '../../model/module.ts'
import type { Play, Step } from '../../model/play.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { findBelow } from '../template/find.ts'
import { fillName } from './fill-name.ts'
import { readTaskFile } from './import-tasks.ts'
import { IMPORT_PLAYBOOK_KEYWORDS } from './keyword-table.ts'
import { checkKeywords, kindOf, readKeywords } from './keywords.ts'
import { below, failureAt, type Loading, type Node, problem, refuseMore, throwProblems } from './loading.ts'
import { readPlay } from './play.ts'
import { type Role, readRole } from './role.ts'
import { findRole, type RoleFiles } from './role-files.ts'
import { readSteps } from './steps.ts'
import { taskIds } from './task-ids.ts'

/**
 * Reads a playbook and everything that it imports. Includes stay tasks.
 * Throws one FailureError (invalid) that lists all problems, each with file:line:column.
 */
export async function loadPlaybook(
  file: string,
  { modules, extraVars = {}, within = '' }: { modules: readonly ModuleEntry[]; extraVars?: Variables; within?: string },
): Promise<{ plays: Play[] }> {
  const path = resolve(file)
  const folder = dirname(path)
  const loading: Loading = {
    modules,
    problems: [],
    folders: [folder],
    playbookFolder: folder,
    idAt: taskIds(folder, within),
    within: [],
    readSteps,
    known: extraVars,
    roles: { defaults: {}, vars: {}, handlers: [], seen: new Set() },
    complete: true,
  }
  const plays = await readPlaybook(path, loading, null)
  throwProblems(loading.problems)
  return { plays }
}

export interface TaskFileOptions {
  readonly modules: readonly ModuleEntry[]
  /** The including task's folders. */
  readonly folders: readonly string[]
  readonly playbookFolder: string
  readonly role?: string
  readonly known?: Variables
  /** The including task, and what it includes: the ids of the steps begin with it. */
  readonly within: string
  /** See Loading.check. */
  readonly check?: (file: string) => void
}

/** The tasks of a file at run time (include_tasks). `file` is relative to the folders. Throws FailureError (invalid) listing all problems. */
export async function loadTasks(file: string, options: TaskFileOptions): Promise<Step[]> {
  const loading = loadingOf(options)
  const path = findBelow(options.folders, file, ['tasks'])
  if (path === null) throw notFound(file, options.folders)
  const steps = await readTaskFile(path, loading, null)
  throwProblems(loading.problems)
  return steps
}

/** A role at run time (include_role), with what its dependencies add. Throws FailureError (invalid). */
export async function loadRole(
  name: string,
  { files, ...options }: TaskFileOptions & { files?: RoleFiles },
): Promise<Role> {
  const loading = loadingOf(options)
  const folder = findRole(name, loading)
  if (folder === null) throw notFound(`roles/${name}`, [options.playbookFolder])
  const role = await readRole(name, folder, { loading, ...(files ? { files } : {}) })
  throwProblems(loading.problems)
  return {
    ...role,
    defaults: { ...loading.roles.defaults, ...role.defaults },
    vars: { ...loading.roles.vars, ...role.vars },
    handlers: [...(loading.roles.handlers as Step[]), ...role.handlers],
  }
}

function loadingOf(options: TaskFileOptions): Loading {
  return {
    modules: options.modules,
    problems: [],
    folders: options.folders,
    playbookFolder: options.playbookFolder,
    idAt: taskIds(options.playbookFolder, options.within),
    within: [],
    readSteps,
    known: options.known ?? {},
    roles: { defaults: {}, vars: {}, handlers: [], seen: new Set() },
    complete: false,
    ...(options.role === undefined ? {} : { role: options.role }),
    ...(options.check ? { check: options.check } : {}),
  }
}

function notFound(file: string, folders: readonly string[]): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `Could not find ${file}; looked in ${folders.join(', ')}.`,
    remedy: 'Check the path; relative files are looked up beside the file that names them, then beside the playbook.',
  })
}

async function readPlaybook(path: string, loading: Loading, from: { node: Node; key: string } | null): Promise<Play[]> {
  const documents = readDocuments(path, loading, from)
  if (!documents) return []
  refuseMore(loading, documents)
  const [document] = documents
  const start = { file: path, line: 1, column: 1 }
  if (!document || document.value === null || (Array.isArray(document.value) && document.value.length === 0)) {
    loading.problems.push(
      failureAt(start, `the playbook ${path} is empty: there is nothing to do.`, 'Write a list of plays: - hosts: …'),
    )
    return []
  }
  if (!Array.isArray(document.value)) {
    const what = `a playbook must be a list of plays, not ${kindOf(document.value)}.`
    problem(loading, document, { what, remedy: 'Start each play with "- ".' })
    return []
  }
  const inner = {
    ...loading,
    folders: [dirname(path)],
    playbookFolder: dirname(path),
    within: [...loading.within, path],
  }
  const plays: Play[] = []
  for (const index of document.value.keys()) plays.push(...(await readEntry(below(document, [index]), inner)))
  return plays
}

function readDocuments(path: string, loading: Loading, from: { node: Node; key: string } | null): Node[] | null {
  if (loading.within.includes(path)) {
    const circle = [...loading.within.slice(loading.within.indexOf(path)), path].join(' → ')
    if (from)
      problem(loading, from.node, {
        path: [from.key],
        what: `the playbook imports itself: ${circle}.`,
        remedy: 'Break the circle.',
      })
    return null
  }
  try {
    return readYamlFile(path)
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    loading.problems.push(error.failure)
    return null
  }
}

async function readEntry(node: Node, loading: Loading): Promise<Play[]> {
  if (!isMapping(node.value)) {
    problem(loading, node, { what: `a play must be a mapping, not ${kindOf(node.value)}.` })
    return []
  }
  const key = Object.keys(node.value).find(name => /^(ansible\.(builtin|legacy)\.)?import_playbook$/.test(name))
  return key === undefined ? [await readPlay(node, loading)] : importPlaybook(node, key, loading)
}

async function importPlaybook(node: Node, key: string, loading: Loading): Promise<Play[]> {
  checkKeywords(node, IMPORT_PLAYBOOK_KEYWORDS, { loading, what: 'import_playbook', also: name => name === key })
  const name = (node.value as Record<string, Value>)[key]
  if (typeof name !== 'string') {
    problem(loading, node, { path: [key], what: `import_playbook needs the name of a file, not ${kindOf(name)}.` })
    return []
  }
  const keywords = readKeywords(node, loading)
  const known = { ...loading.known, ...keywords.vars }
  const plays = await readPlaybook(
    resolve(loading.playbookFolder, fillName(name, known)),
    { ...loading, known },
    { node, key },
  )
  return plays.map(play => ({
    ...play,
    vars: { ...play.vars, ...keywords.vars },
    tags: [...new Set([...play.tags, ...keywords.tags])],
    when: [...keywords.when, ...play.when],
  }))
}
