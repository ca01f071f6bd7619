import { EMPTY } from './fields/field-set.ts'
import type { Manager } from './fields/managers.ts'
import { apiVersionOf, type Kind } from './kind.ts'
import { timestamp } from './object.ts'

/** How a client wants its write to be done; from the query of the request. */
export interface WriteOptions {
  readonly manager: string
  readonly dryRun?: boolean
  /** '' = the object itself, 'status' = its status only. */
  readonly subresource?: string
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore'
  readonly force?: boolean
  /** A write of the cluster itself (controllers, kubelets): status goes along with the object. */
  readonly system?: boolean
  /** Receives warnings for the client. */
  readonly warn?: (text: string) => void
}

export function managerOf(kind: Kind, operation: 'Apply' | 'Update', options: WriteOptions): Manager {
  return {
    name: options.manager,
    operation,
    apiVersion: apiVersionOf(kind),
    subresource: options.subresource ?? '',
    time: timestamp(),
    fields: EMPTY,
  }
}
