import type { IncomingMessage } from 'node:http'
import { load } from 'js-yaml'
import type { Json } from './json.ts'
import { readProtobufBody } from './protobuf-body.ts'
import { badRequest, refusal } from './status.ts'

const LIMIT = 3 * 1024 * 1024

/** The parsed body: JSON, or YAML where the content type says so (apply patches). Undefined for an empty one. */
export async function readBody(request: IncomingMessage): Promise<Json | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > LIMIT) {
      const message = `Request entity too large: limit is ${LIMIT}`
      throw refusal({ code: 413, reason: 'RequestEntityTooLarge', message })
    }
    chunks.push(chunk as Buffer)
  }
  const bytes = Buffer.concat(chunks)
  const type = String(request.headers['content-type'] ?? '')
  if (type.includes('protobuf') && bytes.length > 0) return readProtobufBody(bytes)
  const text = bytes.toString()
  return text.trim() === '' ? undefined : parseBody(text, type)
}

function parseBody(text: string, type: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (!type.includes('yaml')) throw badRequest(`unable to parse the request body: ${(error as Error).message}`)
  }
  try {
    return load(text) as Json
  } catch (error) {
    throw badRequest(`error decoding YAML: ${(error as Error).message}`)
  }
}
