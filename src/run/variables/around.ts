import type { Block } from '../../model/play.ts'
import type { Variables } from '../../model/value.ts'
import type { PlayRun } from '../state.ts'

/** Variables of the blocks around a task, outermost first, by what they are stronger than. */
interface Around {
  /** Weaker than the inventory: the defaults of roles that are included. */
  readonly defaults: readonly Variables[]
  readonly own: readonly Variables[]
  /** Stronger than facts: what an include or a role entry is given. */
  readonly parameters: readonly Variables[]
}

const NOTHING: Around = { defaults: [], own: [], parameters: [] }
const arounds = new WeakMap<readonly Block[], Around>()

/** Found out once per block; the same object for all blocks that say nothing. */
export function aroundOf(playRun: PlayRun, parents: readonly Block[]): Around {
  const known = arounds.get(parents)
  if (known) return known
  const isInclude = (block: Block) => playRun.includes.has(block)
  const around = {
    defaults: filled(parents.map(block => playRun.defaults.get(block))),
    own: filled(parents.map(block => (isInclude(block) ? undefined : block.vars))),
    parameters: filled(parents.map(block => (isInclude(block) ? block.vars : block.params))),
  }
  const isEmpty = around.defaults.length + around.own.length + around.parameters.length === 0
  const found = isEmpty ? NOTHING : around
  arounds.set(parents, found)
  return found
}

function filled(layers: readonly (Variables | undefined)[]): Variables[] {
  return layers.filter(layer => layer !== undefined).filter(layer => Object.keys(layer).length > 0)
}
