import { type Failure, FailureError } from '../../model/failure.ts'

/** One error that kubectl printed, in its own words (several lines for field conflicts and invalid fields). */
export type Complaint = string

/** kubectl's stderr as its errors, in the order of the objects that they are about. Warnings and log lines are left out. */
export function complaintsOf(stderr: string): readonly Complaint[] {
  const found: string[] = []
  for (const line of withoutAdvice(stderr).split(/\r?\n/)) {
    if (line.trim() === '' || /^[EWIF]\d{4} /.test(line) || /^Warning: /.test(line)) continue
    const last = found.length - 1
    if (last < 0 || BEGINS.test(line)) found.push(line.replace(/^error: /i, ''))
    else found[last] = `${found[last]}\n${line}`
  }
  return found
}

const BEGINS =
  /^(error:|Error |The \S+ "|Unable to connect|The connection to the server|unable to recognize|Apply failed with|resource mapping not found|no matches for|failed to|You must be logged)/i

/** The paragraph on --force-conflicts tells of kubectl's flags, which are not ours. */
function withoutAdvice(stderr: string): string {
  return stderr.replace(/Please review the fields above[\s\S]*?#conflicts\n?/g, '')
}

/** What kind of failure a complaint is. */
export function codeOf(complaint: Complaint): Failure['code'] {
  const reason = /Error from server \((\w+)\)/.exec(complaint)?.[1]
  if (reason) return REASONS[reason] ?? 'rejected'
  return PATTERNS.find(([pattern]) => pattern.test(complaint))?.[1] ?? 'rejected'
}

const REASONS: Readonly<Record<string, Failure['code']>> = {
  Unauthorized: 'denied',
  Forbidden: 'denied',
  TooManyRequests: 'busy',
  ServiceUnavailable: 'busy',
  Timeout: 'timeout',
  ServerTimeout: 'timeout',
  GatewayTimeout: 'timeout',
}

const PATTERNS: readonly (readonly [RegExp, Failure['code']])[] = [
  [/must be logged in|provide credentials|asked for the client to provide/i, 'denied'],
  [/ is forbidden: /, 'denied'],
  [/too many requests|currently unable to handle/i, 'busy'],
  [/Client\.Timeout|deadline exceeded|TLS handshake timeout|request canceled/i, 'timeout'],
  [
    /^(Unable to connect|The connection to the server)|connection refused|no such host|no route to host|i\/o timeout|x509:/i,
    'unreachable',
  ],
  [/^Error in configuration|error loading config file|no configuration has been provided|unknown flag/i, 'invalid'],
  [/^(getting credentials: )?exec: |executable \S+ not found/i, 'invalid'],
  [/^stat .*no such file/i, 'invalid'],
]

/** True for what concerns the connection, so that no object of the call got an answer. */
export function endsTheCall(complaint: Complaint): boolean {
  const code = codeOf(complaint)
  if (code === 'unreachable' || code === 'timeout' || code === 'invalid') return true
  return code === 'denied' && !complaint.includes('forbidden')
}

/** A complaint as a Failure; `object` names what it is about. */
export function complaintFailure(complaint: Complaint, context: string, object?: string): FailureError {
  const code = codeOf(complaint)
  const said = complaint.replace(/^Error from server \(\w+\): /, '')
  const message = MESSAGES[code]?.(context, object) ?? `The cluster ${context} refused ${object ?? 'a request'}.`
  const remedy = REMEDIES[code]
  return new FailureError({
    code,
    message,
    device: { said, ...(object ? { line: object } : {}) },
    ...(remedy ? { remedy } : {}),
  })
}

const MESSAGES: Readonly<Partial<Record<Failure['code'], (context: string, object?: string) => string>>> = {
  unreachable: context => `The API server of ${context} cannot be reached.`,
  timeout: context => `The API server of ${context} did not answer in time.`,
  denied: (context, object) => `The cluster ${context} denied ${object ? `access to ${object}` : 'the login'}.`,
  busy: context => `The API server of ${context} is too busy.`,
  invalid: context => `kubectl cannot use the context ${context}.`,
}

const REMEDIES: Readonly<Partial<Record<Failure['code'], string>>> = {
  unreachable: 'Check the server address and the certificate authority of the context in the kubeconfig.',
  denied: 'Check the user of the context: kubectl auth can-i --list.',
  busy: 'Wait a little and run it again.',
}
