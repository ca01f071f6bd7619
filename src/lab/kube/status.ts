import { FailureError } from '../../model/failure.ts'
import { defined, isMap, type Json, type JsonMap } from './json.ts'
import type { Kind } from './kind.ts'

/** One entry of a Status' details.causes. */
export interface Cause {
  readonly reason: string
  readonly message: string
  readonly field?: string
}

/** What an API server answers in place of an object. */
export interface StatusOptions {
  readonly code: number
  readonly reason?: string
  readonly message: string
  readonly kind?: Kind
  readonly name?: string
  readonly causes?: readonly Cause[]
  readonly retryAfterSeconds?: number
}

/** A Status body of a failure, as Kubernetes shapes it. */
export function statusBody(options: StatusOptions): JsonMap {
  const { kind, name, causes, retryAfterSeconds } = options
  const details = defined({
    name,
    group: kind?.group || undefined,
    kind: kind?.plural,
    causes: causes ? causes.map(cause => defined({ ...cause })) : undefined,
    retryAfterSeconds,
  })
  return defined({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: options.message,
    reason: options.reason,
    details: Object.keys(details).length > 0 ? details : undefined,
    code: options.code,
  })
}

/** A refusal to throw; `refusalOf` gives the Status back where the request is answered. */
export function refusal(options: StatusOptions): FailureError {
  return new FailureError({ code: 'rejected', message: options.message }, statusBody(options))
}

/** The Status of a thrown refusal; anything else is an internal error of the server, as Kubernetes says it. */
export function refusalOf(error: unknown): JsonMap {
  if (error instanceof FailureError && isMap(error.cause)) return error.cause
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return statusBody({ code: 500, reason: 'InternalError', message: `Internal error occurred: ${message}` })
}

/** 'bgppeers.projectcalico.org', the way that Kubernetes' sentences name a resource. */
export function qualified(kind: Kind): string {
  return kind.group ? `${kind.plural}.${kind.group}` : kind.plural
}

export function notFound(kind: Kind, name: string): FailureError {
  return refusal({ code: 404, reason: 'NotFound', message: `${qualified(kind)} "${name}" not found`, kind, name })
}

export function alreadyExists(kind: Kind, name: string): FailureError {
  const message = `${qualified(kind)} "${name}" already exists`
  return refusal({ code: 409, reason: 'AlreadyExists', message, kind, name })
}

export function staleWrite(kind: Kind, name: string): FailureError {
  const why = 'the object has been modified; please apply your changes to the latest version and try again'
  const message = `Operation cannot be fulfilled on ${qualified(kind)} "${name}": ${why}`
  return refusal({ code: 409, reason: 'Conflict', message, kind, name })
}

export function badRequest(message: string): FailureError {
  return refusal({ code: 400, reason: 'BadRequest', message })
}

/** 422 with one cause per mistake. */
export function invalid(kind: Kind, name: string, causes: readonly Cause[]): FailureError {
  const errors = causes.map(cause => `${cause.field}: ${cause.message}`)
  const title = kind.group ? `${kind.kind}.${kind.group}` : kind.kind
  const message = `${title} "${name}" is invalid: ${errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`}`
  const details = { name, kind: kind.kind, ...(kind.group ? { group: kind.group } : {}) }
  const body = statusBody({ code: 422, reason: 'Invalid', message, causes })
  body.details = { ...(body.details as JsonMap), ...details }
  return new FailureError({ code: 'rejected', message }, body)
}

/** A value as it stands in an error sentence. */
export function quoted(value: Json | undefined): string {
  return JSON.stringify(value ?? null)
}
