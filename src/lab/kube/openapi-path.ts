import type { Kind } from './kind.ts'

export const PATCH_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation', 'force'] as const

/** The path template of one object of a kind: '/apis/apps/v1/namespaces/{namespace}/deployments/{name}'. */
export function resourcePath({ group, version, plural, namespaced }: Kind): string {
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`
  return `${root}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}/{name}`
}
