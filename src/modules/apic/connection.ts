import type { Value, Variables } from '../../model/value.ts'
import { flag, number, text } from '../argument.ts'

/** How to reach the APIC, as the modules of cisco.aci take it; the host's own variables count where nothing is given. */
export const connectionArguments = {
  host: text.optional().describe('Address of the APIC, instead of the host of the play; also called hostname.'),
  hostname: text.optional(),
  port: number.optional().describe('Port of the APIC; 443 when not given.'),
  username: text.optional().describe('User, instead of the inventory’s; also called user.'),
  user: text.optional(),
  password: text.optional().describe('Password of the user.'),
  timeout: number.optional().describe('Seconds that an answer may take.'),
  validate_certs: flag.optional().describe('Whether the certificate of the APIC is checked (default true).'),
  use_ssl: flag
    .refine(value => value, 'weft speaks to an APIC by HTTPS only: use_ssl cannot be false')
    .optional()
    .describe('Only true.'),
  use_proxy: flag.optional().describe('Ignored: weft connects without a proxy.'),
  output_level: text.optional().describe('Ignored: use -v.'),
  output_path: text.optional().describe('Ignored.'),
}

interface Connection {
  readonly host?: string | undefined
  readonly hostname?: string | undefined
  readonly port?: number | undefined
  readonly username?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly timeout?: number | undefined
  readonly validate_certs?: boolean | undefined
}

/** The connection arguments that are given, as variables of the host. */
export function connectionVariables(args: Connection): Variables {
  const given: Record<string, Value | undefined> = {
    weft_host: args.host ?? args.hostname,
    weft_port: args.port,
    weft_user: args.username ?? args.user,
    weft_password: args.password,
    weft_timeout: args.timeout,
    weft_verify_tls: args.validate_certs,
  }
  const entries = Object.entries(given).filter((entry): entry is [string, Value] => entry[1] !== undefined)
  return Object.fromEntries(entries)
}

/** The password among the connection arguments. */
export function connectionSecrets(args: Connection): string[] {
  return args.password ? [args.password] : []
}
