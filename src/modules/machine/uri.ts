import * as z from 'zod'
import type { ActionModule, ActionResult } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { anything, flag, number, text } from '../argument.ts'

const Args = z.strictObject({
  url: text.describe('The address.'),
  method: text.optional().describe('GET unless given.'),
  body: anything.optional().describe('Sent with the request.'),
  body_format: z.enum(['raw', 'json', 'form-urlencoded']).optional(),
  headers: z.record(z.string(), text).optional(),
  status_code: z
    .preprocess(
      value => (Array.isArray(value) ? value : value === undefined ? undefined : String(value).split(',')),
      z.array(number).optional(),
    )
    .describe('Answers that count as good; 200.'),
  return_content: flag.optional().describe('Register the body as content.'),
  timeout: number.optional().describe('Seconds; 30.'),
  follow_redirects: text.optional().describe('safe (GET and HEAD), all or none.'),
  validate_certs: flag.optional(),
  url_username: text.optional(),
  user: text.optional(),
  url_password: text.optional(),
  password: text.optional(),
  force_basic_auth: flag.optional(),
})
type Args = z.infer<typeof Args>

/** Asks an HTTP service from this machine. */
export const uri: ActionModule<Args> = {
  name: 'uri',
  summary: 'Sends an HTTP request from the machine that weft runs on',
  args: Args,
  changes: true,
  onHost: true,
  examples: [{ title: 'Is it healthy?', yaml: 'uri: {url: "https://api.example/healthz", status_code: [200, 204]}' }],
  returns: {
    status: 'the code',
    content: 'the body, with return_content',
    json: 'the body, when it is JSON',
    url: 'where it ended',
  },
  secrets: args => [args.url_password, args.password].filter(value => value !== undefined),
  async run(context, args) {
    if (context.check) return { skipped: true, values: {} }
    try {
      const response = await fetch(args.url, requestOf(args, context.signal))
      return await answerOf(args, response)
    } catch (error) {
      const cause = (error as { cause?: { code?: string; message?: string } }).cause
      const timedOut = (error as Error).name === 'TimeoutError'
      const why = timedOut
        ? `timed out after ${args.timeout ?? 30} s`
        : (cause?.code ?? cause?.message ?? (error as Error).message)
      const message = `Status code was -1 and not ${wanted(args)}: the request to ${args.url} failed: ${why}`
      return {
        failure: { code: timedOut ? 'timeout' : 'failed', message },
        values: { status: -1, url: args.url, msg: message },
      }
    }
  },
}

function requestOf(args: Args, signal: AbortSignal): RequestInit {
  const method = (args.method ?? 'GET').toUpperCase()
  const headers = new Headers(args.headers)
  const user = args.url_username ?? args.user
  if (user !== undefined) {
    headers.set(
      'authorization',
      `Basic ${Buffer.from(`${user}:${args.url_password ?? args.password ?? ''}`).toString('base64')}`,
    )
  }
  const follows =
    args.follow_redirects === 'all' || (args.follow_redirects !== 'none' && ['GET', 'HEAD'].includes(method))
  const request = { method, headers, redirect: follows ? ('follow' as const) : ('manual' as const) }
  const limited = AbortSignal.any([signal, AbortSignal.timeout((args.timeout ?? 30) * 1000)])
  return args.body === undefined
    ? { ...request, signal: limited }
    : { ...request, body: bodyOf(args, headers), signal: limited }
}

function bodyOf({ body, body_format: format }: Args, headers: Headers): string {
  if (format === 'json' && !headers.has('content-type')) headers.set('content-type', 'application/json')
  if (format === 'form-urlencoded' && typeof body === 'object')
    return new URLSearchParams(body as Record<string, string>).toString()
  return typeof body === 'string' ? body : JSON.stringify(body)
}

async function answerOf(args: Args, response: Response): Promise<ActionResult> {
  const content = await response.text()
  const type = response.headers.get('content-type') ?? ''
  const values: Record<string, Value> = {
    status: response.status,
    url: response.url,
    redirected: response.redirected,
    content_type: type,
    msg: `${response.statusText || 'OK'} (${content.length} bytes)`,
    ...(args.return_content ? { content } : {}),
  }
  for (const [name, value] of response.headers) values[name.replaceAll('-', '_')] ??= value
  if (/json/.test(type)) {
    try {
      values.json = JSON.parse(content) as Value
    } catch {}
  }
  if ((args.status_code ?? [200]).includes(response.status)) return { changed: false, values }
  const message = `Status code was ${response.status} and not ${wanted(args)}: ${response.statusText}`
  return { failure: { code: 'failed', message }, values: { ...values, content, msg: message } }
}

function wanted(args: Args): string {
  return `[${(args.status_code ?? [200]).join(', ')}]`
}
