import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunOptions } from './options.ts'
import type { Run } from './state.ts'

/**
 * The command that retries just what failed: the same playbooks, limited to the hosts that are out and those that were never reached, from the
 * task that failed first if it is the same for all (a name that a template makes differs from host to host and cannot be started at).
 */
export function nextCommand(run: Run): string | undefined {
  const { options, out, unbegun } = run
  if (out.size === 0) return undefined
  const hosts = unbegun && [...new Set([...out.keys(), ...unbegun])]
  const words = ['weft', options.mode, ...options.playbooks]
  for (const source of options.inventory) words.push('-i', source)
  if (hosts) words.push('--limit', hosts.length <= 20 ? hosts.join(',') : limitFile(run, hosts))
  else if (options.limit) words.push('--limit', options.limit)
  words.push(...startAt(run))
  for (const tag of options.tags) words.push('--tags', tag)
  for (const tag of options.skipTags) words.push('--skip-tags', tag)
  words.push(...extraVars(run))
  return words.map(quoted).join(' ')
}

/** Many hosts go to a file below .weft/, whose name fits on a line; where that cannot be written, the line is long. */
function limitFile({ id, options }: Run, hosts: readonly string[]): string {
  const file = join('.weft', 'retry', `${id}.hosts`)
  try {
    const path = join(options.folder, file)
    // A repository may hold .weft as a link to anywhere: each is looked at before anything is made in it.
    for (const folder of [dirname(dirname(path)), dirname(path)]) {
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
      if (!lstatSync(folder).isDirectory()) return hosts.join(',')
    }
    writeFileSync(path, `${hosts.join('\n')}\n`, { flag: 'wx', mode: 0o600 })
    return `@${file}`
  } catch {
    return hosts.join(',')
  }
}

function startAt({ failedTasks, options }: Run): string[] {
  const names = new Set(failedTasks.map(({ task }) => task.name))
  const [name] = names
  if (names.size !== 1 || !name || name.includes('{{') || options.mode === 'plan') return []
  const [only] = failedTasks
  // Facts that earlier tasks registered would be missing.
  const standsAlone =
    only?.parents.length === 0 && only.task.when.length === 0 && !JSON.stringify(only.task.args ?? '').includes('{{')
  return standsAlone ? ['--start-at-task', name] : []
}

/** Secrets are not repeated, nor replaced by asterisks, which would be set: a file that is not there stands for them. */
function extraVars({ options, mask }: { options: RunOptions; mask: Run['mask'] }): string[] {
  const isSecret = ([name, value]: [string, unknown]) => {
    const text = JSON.stringify({ [name]: value })
    return mask.text(text) !== text
  }
  const all = Object.entries(options.extraVars)
  const [secret, open] = [all.filter(isSecret), all.filter(entry => !isSecret(entry))]
  return [
    ...(open.length === 0 ? [] : ['-e', JSON.stringify(Object.fromEntries(open))]),
    ...(secret.length === 0 ? [] : ['-e', `@file-with-${secret.map(([name]) => name).join('-and-')}`]),
  ]
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
