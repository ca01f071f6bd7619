import { FailureError } from '../../model/failure.ts'
import { isQuestion, LARGEST_FILE, type WebAnswer, type WebRequest } from '../../model/machine.ts'

/** A request that only asks. Throws FailureError unsafe for one that may change something: that one belongs to the door. */
export async function askOnly(request: WebRequest, signal: AbortSignal): Promise<WebAnswer> {
  if (isQuestion(request)) return sendRequest(request, signal)
  throw new FailureError({
    code: 'unsafe',
    message: `A request with ${request.method} may change something; only GET, HEAD and OPTIONS are plain questions.`,
    aftermath: 'Nothing was sent.',
  })
}

/** Sends a request from this machine. Throws FailureError timeout or failed; any answer is an answer. */
export async function sendRequest(request: WebRequest, signal: AbortSignal): Promise<WebAnswer> {
  const { url, method, headers, body, redirects, seconds } = request
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: redirects ? 'follow' : 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]),
      ...(body === undefined ? {} : { body }),
    })
    return {
      status: response.status,
      reason: response.statusText,
      url: response.url,
      redirected: response.redirected,
      headers: Object.fromEntries(response.headers),
      content: await contentOf(response),
    }
  } catch (error) {
    if (error instanceof FailureError) throw error
    signal.throwIfAborted()
    throw notAnswered(request, error)
  }
}

async function contentOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > LARGEST_FILE)
      throw new FailureError({
        code: 'failed',
        message: `The answer of ${response.url} is larger than ${LARGEST_FILE / 1024 / 1024} MiB.`,
      })
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function notAnswered({ url, seconds }: WebRequest, error: unknown): FailureError {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  const isLate = name === 'TimeoutError'
  const why = isLate ? `timed out after ${seconds} s` : (cause?.code ?? cause?.message ?? message)
  return new FailureError(
    { code: isLate ? 'timeout' : 'failed', message: `the request to ${url} failed: ${why}` },
    error,
  )
}
