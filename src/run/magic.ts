import { dirname } from 'node:path'
import type { Inventory } from '../inventory/inventory.ts'
import type { Variables } from '../model/value.ts'
import { OMIT } from '../playbook/templar.ts'
import type { PlacedTask } from './place.ts'
import type { PlayRun, Run } from './state.ts'
import { VERSION } from './version.ts'

/** What a host is called and where it stands: known without a play, so also under hostvars. */
export function placeOf(run: Run, host: string): Variables {
  const { inventory } = run
  const groups = inventory.hosts.get(host)?.groups ?? []
  return {
    inventory_hostname: host,
    inventory_hostname_short: host.split('.')[0] ?? host,
    group_names: groups.filter(group => group !== 'all').toSorted(),
    get groups() {
      return groupsOf(inventory)
    },
    inventory_dir: folderOf(inventory.sources[0]),
    inventory_file: inventory.sources[0] ?? null,
    omit: OMIT,
    playbook_dir: folderOf(run.options.playbooks[0]),
    ansible_check_mode: run.options.mode === 'plan',
    ansible_diff_mode: run.options.diff,
    ansible_verbosity: run.options.verbosity,
    ansible_forks: run.options.forks,
    ansible_run_tags: run.options.tags.length ? [...run.options.tags] : ['all'],
    ansible_skip_tags: [...run.options.skipTags],
    ansible_limit: run.options.limit ?? null,
    ansible_inventory_sources: [...inventory.sources],
    ansible_version: { full: '2.14.18', major: 2, minor: 14, revision: 18, string: `weft ${VERSION}` },
    weft_version: VERSION,
    weft_run: run.id,
  }
}

/** What only a task of a play can know. */
export function playMagic(playRun: PlayRun, placed: PlacedTask | null): Variables {
  const { play, left, all, batch, run } = playRun
  const here = (hosts: readonly string[]) => hosts.filter(host => !left.has(host) && !run.out.has(host))
  const role = placed?.task.role
  return {
    get ansible_play_hosts() {
      return here(all)
    },
    get play_hosts() {
      return here(all)
    },
    ansible_play_hosts_all: [...all],
    get ansible_play_batch() {
      return here(batch)
    },
    ansible_play_name: playRun.name,
    playbook_dir: dirname(play.source.file),
    ...(role ? { role_name: role, ansible_role_name: role } : {}),
  }
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
