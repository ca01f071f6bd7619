import { addressesIn } from '../address.ts'
import type { ClusterState } from '../cluster-state.ts'
import { type Json, type JsonMap, listOf, mapOf, textOf } from '../json.ts'
import { nameOf, specOf, statusOf } from '../object.ts'
import { listOfKind } from '../system-write.ts'

/** The addresses of a pod on a node: the first free ones of the node's blocks, or the node's own with hostNetwork. */
export function freeAddresses(state: ClusterState, pod: JsonMap, node: JsonMap): string[] {
  const own = listOf(statusOf(node).addresses)
    .map(mapOf)
    .filter(address => address.type === 'InternalIP')
    .map(address => textOf(address.address))
  const blocks =
    state.nodes.find(known => known.name === nameOf(node))?.podBlocks ?? listOf(specOf(node).podCIDRs).map(textOf)
  if (specOf(pod).hostNetwork === true || blocks.length === 0) return own
  const taken = new Set(listOfKind(state, '/pods').flatMap(podAddresses))
  return blocks.flatMap(block => firstFree(block, taken))
}

function firstFree(block: string, taken: ReadonlySet<Json>): string[] {
  for (const address of addressesIn(block)) if (!taken.has(address)) return [address]
  return []
}

function podAddresses(pod: JsonMap): string[] {
  return listOf(statusOf(pod).podIPs).map(entry => textOf(mapOf(entry).ip))
}
