import { basename, dirname } from 'node:path'
import type { Inventory } from '../../inventory/inventory.ts'
import type { Variables } from '../../model/value.ts'
import { OMIT } from '../../playbook/template/templar.ts'
import type { PlacedTask } from '../play/place.ts'
import type { PlayRun, Run } from '../state.ts'
import { VERSION } from '../version.ts'

const places = new WeakMap<Inventory, Map<string, Variables>>()

/** What a host is called and where it stands: known without a play, so also under hostvars. Made once per host and inventory. */
export function placeOf(run: Run, host: string): Variables {
  const known = places.get(run.inventory) ?? new Map<string, Variables>()
  if (known.size === 0) places.set(run.inventory, known)
  const before = known.get(host)
  if (before) return before
  const place = makePlace(run, host)
  known.set(host, place)
  return place
}

function makePlace(run: Run, host: string): Variables {
  const { inventory } = run
  const known = inventory.hosts.get(host)
  const groups = known?.groups ?? []
  return {
    inventory_hostname: host,
    inventory_hostname_short: host.split('.')[0] ?? host,
    group_names: groups.filter(group => group !== 'all').toSorted(),
    groups: groupsOf(inventory),
    // Where the host is written: of a folder of inventories that is the file in it. One that is written nowhere has the first source's.
    inventory_dir: known?.variables.inventory_dir ?? folderOf(inventory.sources[0]),
    inventory_file: known?.variables.inventory_file ?? inventory.sources[0] ?? null,
    omit: OMIT,
    playbook_dir: folderOf(run.options.playbooks[0]),
    ansible_check_mode: run.options.mode === 'plan',
    ansible_diff_mode: run.options.diff,
    ansible_verbosity: run.options.verbosity,
    ansible_forks: run.options.forks,
    ansible_run_tags: run.options.tags.length ? [...run.options.tags] : ['all'],
    ansible_skip_tags: [...run.options.skipTags],
    ...(run.options.limit ? { ansible_limit: run.options.limit } : {}),
    ansible_inventory_sources: [...inventory.sources],
    ansible_version: { full: '2.14.18', major: 2, minor: 14, revision: 18, string: `weft ${VERSION}` },
    weft_version: VERSION,
    weft_run: run.id,
  }
}

/** What only a task of a play can know. */
export function playMagic(playRun: PlayRun, placed: PlacedTask | null): Variables {
  const { play, all } = playRun
  const { inPlay, inBatch } = stillIn(playRun)
  const role = placed?.task.role
  return {
    ansible_play_hosts: inPlay,
    play_hosts: inPlay,
    ansible_play_hosts_all: all,
    ansible_play_batch: inBatch,
    ansible_play_name: playRun.name,
    playbook_dir: dirname(play.source.file),
    ...(role ? { role_name: role, ansible_role_name: role, role_path: rolePath(placed.task.folders, role) } : {}),
  }
}

function rolePath(folders: readonly string[], role: string): string | null {
  return folders.find(folder => basename(folder) === role) ?? null
}

interface StillIn {
  readonly lost: number
  readonly inPlay: readonly string[]
  readonly inBatch: readonly string[]
}
const stillInByPlay = new WeakMap<PlayRun, StillIn>()

/** Made anew only when a host was lost: with a thousand hosts this is asked for a thousand times per task. */
export function stillIn(playRun: PlayRun): StillIn {
  const { left, all, batch, run } = playRun
  const lost = left.size * 1e6 + run.out.size
  const known = stillInByPlay.get(playRun)
  if (known?.lost === lost) return known
  const here = (hosts: readonly string[]) => hosts.filter(host => !left.has(host) && !run.out.has(host))
  const found = { lost, inPlay: here(all), inBatch: here(batch) }
  stillInByPlay.set(playRun, found)
  return found
}

const groupsByInventory = new WeakMap<Inventory, Variables>()

function groupsOf(inventory: Inventory): Variables {
  const known = groupsByInventory.get(inventory)
  if (known) return known
  const groups = Object.fromEntries([...inventory.groups].map(([group, hosts]) => [group, [...hosts]]))
  groupsByInventory.set(inventory, groups)
  return groups
}

function folderOf(path: string | undefined): string | null {
  return path === undefined ? null : dirname(path)
}
