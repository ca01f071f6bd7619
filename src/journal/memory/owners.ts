import type { Ledger, Owner } from '../ledger.ts'
import { copyOf, inOrder, keyOf, type State } from './state.ts'

export function memoryOwners(state: State): Pick<Ledger, 'own' | 'disown' | 'owners'> {
  const { owners } = state
  return {
    async own(found) {
      for (const owner of found) if (!isOwnedSo(state, owner)) setOwner(state, owner)
    },
    async disown(resources) {
      for (const { target, resource } of resources) owners.delete(keyOf(target, resource))
    },
    async owners({ target, resource } = {}) {
      return copyOf(
        [...owners.values()]
          .filter(owner => target === undefined || owner.target === target)
          .filter(owner => resource === undefined || owner.resource === resource)
          .sort((one, other) => inOrder([one.target, one.resource], [other.target, other.resource])),
      )
    },
  }
}

export function setOwner({ owners }: State, owner: Owner): void {
  owners.set(keyOf(owner.target, owner.resource), copyOf({ ...owner, value: owner.value ?? null }))
}

function isOwnedSo({ owners }: State, owner: Owner): boolean {
  const before = owners.get(keyOf(owner.target, owner.resource))
  if (before?.playbook !== owner.playbook || before.task !== owner.task) return false
  return JSON.stringify(before.value) === JSON.stringify(owner.value ?? null)
}
