import type { KubePreview } from '../../model/kube.ts'
import type { Complaint } from './complaint.ts'

/**
 * The other field managers that a refused apply names, and their fields. One conflict is written in one line
 * (`conflict with "helm" using apps/v1: .spec.replicas`), several as a list under each manager.
 */
export function conflictOf(complaint: Complaint): NonNullable<KubePreview['conflict']> | null {
  if (!/Apply failed with \d+ conflict/.test(complaint)) return null
  const managers = [...complaint.matchAll(/conflicts? with "([^"]+)"/g)].map(found => found[1] ?? '')
  const fields = [
    ...[...complaint.matchAll(/^- (\S.*)$/gm)].map(found => found[1] ?? ''),
    ...[...complaint.matchAll(/conflict with "[^"]+"[^:\n]*: (\S.*)$/gm)].map(found => found[1] ?? ''),
  ]
  return { manager: [...new Set(managers)].join(', '), fields: [...new Set(fields)], message: complaint }
}
