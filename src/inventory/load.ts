import { readdirSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { FailureError } from '../model/failure.ts'
import { type Draft, draftHost, newDraft } from './draft.ts'
import { readIni } from './ini.ts'
import type { Inventory } from './inventory.ts'
import { mergeInventory } from './merge.ts'
import { didYouMeanFile } from './near-file.ts'
import { expandRange } from './range.ts'
import { isProgram } from './script/program.ts'
import { readScript } from './script/read.ts'
import type { Scripts } from './script/scripts.ts'
import { readVariableFolder } from './variable-folder.ts'
import { parseYaml, readTextFile } from './yaml/read.ts'
import { readYamlInventory } from './yaml-inventory.ts'

/**
 * Reads inventory sources (YAML and INI files, programs, folders of them, 'host,host,' lists) in order, later ones winning, with group_vars/
 * and host_vars/ beside each of them and beside the playbook. `folder` is where relative sources start; without `scripts` no program is started.
 * Throws FailureError: invalid (a missing or malformed source), unsafe (a program that may not be started), failed (it does not answer).
 */
export async function loadInventory(
  sources: readonly string[],
  { folder, playbookFolder, scripts }: { folder: string; playbookFolder?: string; scripts?: Scripts },
): Promise<Inventory> {
  const draft = newDraft()
  const places = sources.map(source => (source.includes(',') ? source : resolve(folder, source)))
  for (const place of places) await readSource(place, draft, scripts)
  if (sources.length === 0)
    draft.warnings.push('No inventory is named by -i and there is no inventory/ folder here: only localhost is known.')
  const beside = places.filter(place => !place.includes(',')).map(folderOf)
  const folders = [...new Set(beside)].map(place => readVariableFolder(place, 'inventory'))
  if (playbookFolder) folders.push(readVariableFolder(resolve(folder, playbookFolder), 'playbook'))
  return mergeInventory({
    groups: draft.groups,
    hosts: draft.hosts,
    folders,
    sources: places,
    warnings: draft.warnings,
  })
}

function folderOf(place: string): string {
  return statSync(place).isDirectory() ? place : dirname(place)
}

async function readSource(place: string, draft: Draft, scripts: Scripts | undefined): Promise<void> {
  if (place.includes(',')) readList(place, draft)
  else if (isFolder(place)) await readFolder(place, draft, scripts)
  else if (isProgram(place)) await readScript({ file: place, folder: dirname(place) }, draft, scripts)
  else readFile(place, draft)
}

function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory()
  } catch (error) {
    throw new FailureError(
      {
        code: 'invalid',
        message: `The inventory ${place} does not exist.${didYouMeanFile(place)}`,
        remedy: 'Name an inventory file or folder with -i, or a list of hosts that ends with a comma: -i leaf1,',
      },
      error,
    )
  }
}

function readList(list: string, draft: Draft): void {
  for (const name of list.split(',')) {
    if (name.trim() === '') continue
    for (const host of expandRange(name.trim())) draftHost(draft, host, { group: 'ungrouped' })
  }
}

/** What Ansible passes over in a folder of inventories; *.ini is among them, surprisingly. */
const PASSED_OVER = /^\.|~$|\.(pyc|pyo|swp|bak|rpm|md|txt|rst|orig|ini|cfg|retry)$/

async function readFolder(place: string, draft: Draft, scripts: Scripts | undefined): Promise<void> {
  const names = readdirSync(place).sort()
  const read = names.filter(name => !PASSED_OVER.test(name) && name !== 'group_vars' && name !== 'host_vars')
  for (const name of read) await readSource(join(place, name), draft, scripts)
  if (read.length === 0) draft.warnings.push(`The inventory folder ${place} holds no inventory file.`)
}

function readFile(file: string, draft: Draft): void {
  const text = readTextFile(file)
  const origin = { file, folder: dirname(file) }
  if (['.yml', '.yaml', '.json'].includes(extname(file)) || /^---\s*$/m.test(text.slice(0, 200))) {
    for (const document of parseYaml(text, file)) readYamlInventory(document, origin, draft)
  } else {
    readIni(text, origin, draft)
  }
  if (text.trim() === '') draft.warnings.push(`The inventory ${file} is empty.`)
}
