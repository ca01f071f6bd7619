import { dirname, join } from 'node:path'
import { didYouMeanFile } from '../../inventory/near-file.ts'
import { readYamlFile } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import type { Step } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { findBelow } from '../template/find.ts'
import { fillName } from './fill-name.ts'
import { TASK_KEYWORDS } from './keyword-table.ts'
import { checkKeywords, readKeywords } from './keywords.ts'
import { failureAt, type Loading, type Node, problem, refuseMore } from './loading.ts'

/** import_tasks: the file's tasks in a block that carries the import's keywords (when, tags, vars) to each of them. */
export async function importTasks(node: Node, key: string, loading: Loading): Promise<Step[]> {
  checkKeywords(node, TASK_KEYWORDS, { loading, what: 'a task', also: name => name === key })
  const written = (node.value as Record<string, Value>)[key] as Value
  const name = isMapping(written) ? written.file : written
  if (typeof name !== 'string') {
    problem(loading, node, { path: [key], what: `${key} needs the name of a file.` })
    return []
  }
  const keywords = readKeywords(node, loading)
  const filled = fillName(name, { ...keywords.vars, ...loading.known })
  const file = findBelow(loading.folders, filled, ['tasks'])
  if (file === null) {
    problem(loading, node, {
      path: [key],
      what: `could not find the file ${name} to import; looked in ${loading.folders.join(', ')}.${nearTo(loading.folders, filled)}`,
      remedy: name.includes('{{')
        ? 'Imports are read before any host is known: use include_tasks for names that depend on a host.'
        : 'Check the path.',
    })
    return []
  }
  const tasks = await readTaskFile(file, { ...loading, known: { ...loading.known, ...keywords.vars } }, { node, key })
  return [
    {
      type: 'block',
      id: loading.idAt(positionOf(node.source, [])),
      ...keywords,
      name: null,
      tasks,
      rescue: [],
      always: [],
    },
  ]
}

function nearTo(folders: readonly string[], name: string): string {
  return didYouMeanFile(...folders.flatMap(folder => [join(folder, name), join(folder, 'tasks', name)]))
}

/** The tasks of a file. A file that is being read already is a circle. */
export async function readTaskFile(
  file: string,
  loading: Loading,
  from: { node: Node; key: string } | null,
): Promise<Step[]> {
  if (loading.within.includes(file)) {
    const circle = [...loading.within.slice(loading.within.indexOf(file)), file].join(' → ')
    const what = `the file imports itself: ${circle}.`
    const remedy = 'Break the circle.'
    if (from) problem(loading, from.node, { path: [from.key], what, remedy })
    else loading.problems.push(failureAt({ file, line: 1, column: 1 }, what, remedy))
    return []
  }
  try {
    const documents = readYamlFile(file)
    loading.check?.(file)
    refuseMore(loading, documents)
    const [document] = documents
    if (!document) return []
    const folders = [...new Set([dirname(file), ...loading.folders])]
    return await loading.readSteps(document, { ...loading, folders, within: [...loading.within, file] })
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    loading.problems.push(error.failure)
    return []
  }
}
