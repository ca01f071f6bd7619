import type { Kind } from './kind.ts'

/** Which object a write is about. */
export interface Target {
  readonly kind: Kind
  readonly namespace: string
  readonly name: string
}
