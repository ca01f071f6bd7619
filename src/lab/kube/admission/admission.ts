import type { ClusterState } from '../cluster-state.ts'
import type { JsonMap } from '../json.ts'
import type { Cause } from '../status.ts'

/** What one kind adds to the common way of writing: defaults, and rules that a schema cannot say. */
export interface Admission {
  /** Fills what the server fills; `live` is undefined on create. Pure: answers a new object. */
  readonly prepare?: (object: JsonMap, live: JsonMap | undefined, state: ClusterState) => JsonMap
  readonly check?: (object: JsonMap, live: JsonMap | undefined) => Cause[]
}
