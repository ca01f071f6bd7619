import type { Value, Variables } from '../../model/value.ts'
import { isMapping } from '../../model/value.ts'
import { anything } from '../argument.ts'

/** The `provider` mapping that older playbooks still hold (cisco.nxos 1.x). */
export const nxosConnectionArguments = {
  provider: anything
    .refine(isMapping, 'provider must be a mapping')
    .optional()
    .describe(
      'How to reach the switch: host, port, username, password, ssh_keyfile, timeout. Better in the inventory.',
    ),
}

/** What `provider` says, as variables of the host. */
export function nxosConnectionVariables(args: { provider?: unknown }): Variables {
  if (!isMapping(args.provider)) return {}
  const { host, port, username, password, ssh_keyfile, timeout } = args.provider
  const entries = Object.entries({
    weft_host: host,
    weft_port: port,
    weft_user: username,
    weft_password: password,
    weft_key: ssh_keyfile,
    weft_timeout: timeout,
  })
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Value] => entry[1] !== undefined && entry[1] !== null),
  )
}

export function nxosConnectionSecrets(args: { provider?: unknown }): string[] {
  const password = isMapping(args.provider) ? args.provider.password : undefined
  return typeof password === 'string' ? [password] : []
}
