import type { FailureError } from '../../../model/failure.ts'
import { refusal } from '../status.ts'
import { type FieldSet, paths } from './field-set.ts'
import type { Manager } from './managers.ts'

export interface Conflict {
  readonly manager: Manager
  readonly fields: FieldSet
}

/** The 409 of a server-side apply; its sentence and causes as apimachinery's fieldmanager builds them. */
export function applyConflict(conflicts: readonly Conflict[]): FailureError {
  const single = conflicts.flatMap(({ manager, fields }) =>
    paths(fields).map(path => ({ who: describe(manager), path })),
  )
  const causes = single.map(({ who, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${who}`,
    field: path,
  }))
  return refusal({ code: 409, reason: 'Conflict', message: sentence(single), causes })
}

function sentence(single: readonly { who: string; path: string }[]): string {
  const [first] = single
  if (single.length === 1 && first) return `Apply failed with 1 conflict: conflict with ${first.who}: ${first.path}`
  const managers = [...new Set(single.map(conflict => conflict.who))].sort()
  const lines = managers.flatMap(who => [
    `conflicts with ${who}:`,
    ...single.filter(conflict => conflict.who === who).map(conflict => `- ${conflict.path}`),
  ])
  return `Apply failed with ${single.length} conflicts: ${lines.join('\n')}`
}

/** Appliers are named alone; updaters with the version they wrote through. */
function describe(manager: Manager): string {
  const name = JSON.stringify(manager.name)
  const through = manager.subresource ? `${name} with subresource "${manager.subresource}"` : name
  return manager.operation === 'Update' ? `${through} using ${manager.apiVersion}` : through
}
