import * as z from 'zod'
import type { Value, Variables } from '../../model/value.ts'
import { text } from '../argument.ts'

const LOGIN = 'weft takes credentials from the kubeconfig only: set kubeconfig and context instead'
const refused = z.never(LOGIN).optional().describe('Refused: credentials come from the kubeconfig.')

/** How to reach the cluster, as the modules of kubernetes.core take it; the host's own variables count where nothing is given. */
export const connectionArguments = {
  kubeconfig: text.optional().describe('Path of the kubeconfig, instead of the host’s weft_kubeconfig.'),
  context: text.optional().describe('Context in it, instead of the host’s weft_context.'),
  host: text.optional().describe('URL of the API server, instead of the one in the kubeconfig.'),
  api_key: refused,
  username: refused,
  password: refused,
  client_cert: refused,
  client_key: refused,
  ca_cert: refused,
  validate_certs: z.never(LOGIN).optional().describe('Refused: TLS is as the kubeconfig says.'),
  proxy: refused,
}

interface Connection {
  readonly kubeconfig?: string | undefined
  readonly context?: string | undefined
  readonly host?: string | undefined
}

/** The connection arguments that are given, as variables of the host. */
export function connectionVariables(args: Connection): Variables {
  const given = { weft_kubeconfig: args.kubeconfig, weft_context: args.context, weft_host: args.host }
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string & Value] => entry[1] !== undefined),
  )
}
