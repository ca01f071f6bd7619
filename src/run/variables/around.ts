import type { Block } from '../../model/play.ts'
import { data, type Layer, written } from '../../model/scope.ts'
import type { Variables } from '../../model/value.ts'
import type { PlayRun } from '../state.ts'

/** Variables of the blocks around a task, outermost first, by what they are stronger than. */
interface Around {
  /** Weaker than the inventory: the defaults of roles that are included. */
  readonly defaults: readonly Layer[]
  readonly own: readonly Layer[]
  /** Stronger than facts: what an include or a role entry is given, and what the loop of an include gave, which is data. */
  readonly parameters: readonly Layer[]
}

const NOTHING: Around = { defaults: [], own: [], parameters: [] }
const arounds = new WeakMap<readonly Block[], Around>()

/** Found out once per block; the same object for all blocks that say nothing. */
export function aroundOf(playRun: PlayRun, parents: readonly Block[]): Around {
  const known = arounds.get(parents)
  if (known) return known
  const isInclude = (block: Block) => playRun.includes.has(block)
  const around = {
    defaults: parents.flatMap(block => filled(playRun.defaults.get(block), written)),
    own: parents.flatMap(block => (isInclude(block) ? [] : filled(block.vars, written))),
    parameters: parents.flatMap(block => [
      ...filled(isInclude(block) ? block.vars : block.params, written),
      ...filled(playRun.includedBy.get(block), data),
    ]),
  }
  const isEmpty = around.defaults.length + around.own.length + around.parameters.length === 0
  const found = isEmpty ? NOTHING : around
  arounds.set(parents, found)
  return found
}

function filled(variables: Variables | undefined, layer: (values: Variables) => Layer): Layer[] {
  return variables === undefined || Object.keys(variables).length === 0 ? [] : [layer(variables)]
}
