import type { Endpoint } from '../../model/host.ts'
import { rememberedOf } from '../../model/remembered.ts'
import { emit } from '../emit.ts'
import type { Run } from '../state.ts'

const told = rememberedOf((_: Run) => new Set<string>())

/** Warns of devices that could be anyone, once per run and reason: a fabric says it of each of its switches. */
export function warnOfUnchecked(run: Run, endpoint: Endpoint): void {
  const what = uncheckedOf(endpoint)
  if (what === null || told(run).has(what.reason)) return
  told(run).add(what.reason)
  emit(run, { event: 'warning', host: endpoint.host, text: `${what.reason} ${what.remedy}` })
}

/** Why the other end of a connection is not known to be the right one; null where it is proven. */
export function uncheckedOf(endpoint: Endpoint): { reason: string; remedy: string } | null {
  if (endpoint.hostKeyChecking === 'no') {
    return {
      reason:
        'Host keys are not checked (weft_host_keys, ansible_host_key_checking): whoever is in between can read passwords.',
      remedy: 'weft_host_keys: first-use records the keys once and refuses others from then on.',
    }
  }
  if (endpoint.platform === 'apic' && endpoint.tls?.verify === false) {
    return {
      reason:
        'Certificates are not checked (weft_verify_tls, validate_certs): whoever is in between can read passwords.',
      remedy: 'weft_ca names the file of the certificate authority to trust.',
    }
  }
  return endpoint.jump ? uncheckedOf(endpoint.jump) : null
}
