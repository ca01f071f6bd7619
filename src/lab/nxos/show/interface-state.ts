import type { InterfaceState } from '../control-plane.ts'
import type { SwitchState } from '../state.ts'
import type { InterfaceFacts } from './interface-facts.ts'

/** Whether an interface is up: shut by the configuration, else what the control plane says, else by its kind. */
export function interfaceState(state: SwitchState, facts: InterfaceFacts): InterfaceState {
  if (facts.shutdown) return { up: false, reason: 'Administratively down' }
  const told = state.control.interface(facts.name)
  if (told) return told
  const used =
    facts.kind !== 'ethernet' || facts.routed || facts.channel !== null || facts.mode === 'trunk' || facts.vlan !== '1'
  return used ? { up: true, reason: null } : { up: false, reason: 'Link not connected' }
}
