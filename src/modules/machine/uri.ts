import * as z from 'zod'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import { isQuestion, type WebAnswer, type WebRequest } from '../../model/machine.ts'
import type { ActionContext, ActionModule, ActionResult } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { anything, flag, number, text } from '../argument.ts'
import { cookieSecrets, secretsInAnswer } from './answer-secrets.ts'

const Args = z.strictObject({
  url: text.describe('The address.'),
  method: text.optional().describe('GET when not given.'),
  body: anything.optional().describe('Sent with the request.'),
  body_format: z.enum(['raw', 'json', 'form-urlencoded']).optional(),
  headers: z.record(z.string(), text).optional(),
  status_code: z
    .preprocess(
      value => (Array.isArray(value) ? value : value === undefined ? undefined : String(value).split(',')),
      z.array(number).optional(),
    )
    .describe('Status codes that count as success; 200 when not given.'),
  return_content: flag.optional().describe('Register the body as content.'),
  timeout: number.optional().describe('Seconds to wait for the answer; 30 when not given.'),
  follow_redirects: text.optional().describe('safe (GET and HEAD), all or none.'),
  validate_certs: flag.optional(),
  url_username: text.optional(),
  user: text.optional(),
  url_password: text.optional(),
  password: text.optional(),
  force_basic_auth: flag.optional(),
})
type Args = z.infer<typeof Args>

/** Asks an HTTP service from this machine; what is no question (POST, PUT …) goes through the door. */
export const uri: ActionModule<Args> = {
  name: 'uri',
  kind: 'linux',
  summary: 'Sends an HTTP request from the machine that weft runs on',
  args: Args,
  changes: true,
  examples: [{ title: 'Is it healthy?', yaml: 'uri: {url: "https://api.example/healthz", status_code: [200, 204]}' }],
  returns: {
    status: 'the code',
    content: 'the body, with return_content',
    json: 'the body, when it is JSON',
    url: 'where it ended',
  },
  secrets: args => [args.url_password, args.password].filter(value => value !== undefined),
  async run(context, args) {
    const request = requestOf(args)
    if (!isQuestion(request)) return changedBy(context, args, request)
    if (context.check) return { skipped: true, values: {} }
    try {
      return answerOf(args, await (await context.read('linux')).ask(request))
    } catch (error) {
      if (error instanceof FailureError) return unanswered(args, error.failure)
      throw error
    }
  },
}

async function changedBy(context: ActionContext, args: Args, request: WebRequest): Promise<ActionResult> {
  const outcome: Outcome = await context.door({
    kind: 'linux',
    title: `sends ${request.method} ${request.url}`,
    commands: [{ request }],
  })
  if (outcome.state === 'applied') return answerOf(args, outcome.said as WebAnswer)
  const failure = 'failure' in outcome ? outcome.failure : undefined
  return failure ? unanswered(args, failure) : { skipped: true, values: {} }
}

/** Nobody answered: Ansible's status is -1 then. A refusal of weft's own is told as it is. */
function unanswered(args: Args, failure: Failure): ActionResult {
  if (failure.code !== 'failed' && failure.code !== 'timeout') return { failure }
  const message = `Status code was -1 and not ${wanted(args)}: ${failure.message}`
  return { failure: { ...failure, message }, values: { status: -1, url: args.url, msg: message } }
}

function requestOf(args: Args): WebRequest {
  const method = (args.method ?? 'GET').toUpperCase()
  const headers = new Headers(args.headers)
  const user = args.url_username ?? args.user
  if (user !== undefined) {
    headers.set(
      'authorization',
      `Basic ${Buffer.from(`${user}:${args.url_password ?? args.password ?? ''}`).toString('base64')}`,
    )
  }
  const redirects =
    args.follow_redirects === 'all' || (args.follow_redirects !== 'none' && ['GET', 'HEAD'].includes(method))
  const body = args.body === undefined ? undefined : bodyOf(args, headers)
  return {
    url: args.url,
    method,
    headers: Object.fromEntries(headers),
    redirects,
    seconds: args.timeout ?? 30,
    ...(body === undefined ? {} : { body }),
  }
}

function bodyOf({ body, body_format: format }: Args, headers: Headers): string {
  if (format === 'json' && !headers.has('content-type')) headers.set('content-type', 'application/json')
  if (format === 'form-urlencoded' && typeof body === 'object')
    return new URLSearchParams(body as Record<string, string>).toString()
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function answerOf(args: Args, answer: WebAnswer): ActionResult {
  const { status, reason, url, redirected, headers, content } = answer
  const type = headers['content-type'] ?? ''
  const values: Record<string, Value> = {
    status,
    url,
    redirected,
    content_type: type,
    msg: `${reason || 'OK'} (${content.length} bytes)`,
    ...(args.return_content ? { content } : {}),
  }
  for (const [name, value] of Object.entries(headers)) values[name.replaceAll('-', '_')] ??= value
  if (/json/.test(type)) {
    try {
      values.json = JSON.parse(content) as Value
    } catch {}
  }
  const secrets = [...secretsInAnswer(content), ...secretsInAnswer(headers), ...cookieSecrets(headers['set-cookie'])]
  if ((args.status_code ?? [200]).includes(status)) return { changed: false, values, secrets }
  const message = `Status code was ${status} and not ${wanted(args)}: ${reason}`
  return { failure: { code: 'failed', message }, values: { ...values, content, msg: message }, secrets }
}

function wanted(args: Args): string {
  return `[${(args.status_code ?? [200]).join(', ')}]`
}
