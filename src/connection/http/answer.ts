import * as z from 'zod'
import type { ApicAnswer } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'
import type { HttpAnswer } from './http.ts'

/** What an APIC answers: the objects of this page and how many there are on all pages. */
export interface Page {
  readonly total: number
  readonly answers: readonly ApicAnswer[]
}

/** The APIC's own error, in its words. `code` is not the HTTP status: 801 and 103 come with HTTP 400. */
export interface ApicError {
  readonly status: number
  readonly code: string
  readonly text: string
}

const Entry = z.record(
  z.string(),
  z.object({
    attributes: z.record(z.string(), z.coerce.string()).default({}),
    get children() {
      return z.array(Entry).default([])
    },
  }),
)
const Envelope = z.object({ totalCount: z.coerce.number().default(0), imdata: z.array(Entry) })

/**
 * Reads an answer. An error in APIC's shape is returned, not thrown: the caller knows what it means.
 * @throws FailureError unparseable: HTML, empty or cut JSON, or JSON of another shape; names the request and the status.
 */
export function readAnswer(http: HttpAnswer): Page | ApicError {
  const parsed = Envelope.safeParse(parseJson(http))
  if (!parsed.success) throw unparseable(http, 'is JSON, but not in the shape that an APIC answers in')
  const answers = parsed.data.imdata.flatMap(entry => toAnswers(entry))
  const error = answers.find(answer => answer.class === 'error')
  if (error) {
    return { status: http.status, code: error.attributes.code ?? '', text: error.attributes.text ?? 'no text' }
  }
  if (http.status >= 400) return { status: http.status, code: String(http.status), text: `HTTP status ${http.status}` }
  return { total: parsed.data.totalCount, answers }
}

export function isApicError(answer: Page | ApicError): answer is ApicError {
  return 'code' in answer
}

function toAnswers(entry: z.infer<typeof Entry>): ApicAnswer[] {
  return Object.entries(entry).map(([name, { attributes, children }]) => ({
    class: name,
    attributes,
    children: children.flatMap(toAnswers),
  }))
}

function parseJson(http: HttpAnswer): unknown {
  try {
    return JSON.parse(http.text)
  } catch (error) {
    const html = /html/i.test(http.contentType) || /^\s*<(!doctype|html)/i.test(http.text)
    throw unparseable(http, html ? 'is an HTML page' : http.text === '' ? 'is empty' : 'is not JSON', error)
  }
}

function unparseable(http: HttpAnswer, what: string, cause?: unknown): FailureError {
  const title = /<title>([^<]{1,80})/i.exec(http.text)?.[1]?.trim()
  return new FailureError(
    {
      code: 'unparseable',
      message: `The answer to ${http.asked} ${what} (HTTP status ${http.status}${title ? `, titled '${title}'` : ''}).`,
      remedy: 'Check that address and port are those of an APIC and not of a proxy or another web server.',
    },
    cause,
  )
}
