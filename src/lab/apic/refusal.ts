/** What the APIC answers instead of data. `code` is its own and not the HTTP status. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly text: string
}

/** The only thing that the lab's APIC throws at itself: becomes an error answer. */
export interface Refused {
  readonly refusal: Refusal
}

export function refuse(code: string, text: string, status = 400): never {
  const refused: Refused = { refusal: { status, code, text } }
  throw refused
}

export function isRefused(error: unknown): error is Refused {
  return typeof error === 'object' && error !== null && 'refusal' in error
}

/** The body of an error answer. */
export function refusalBody(refusal: Refusal): string {
  const attributes = { code: refusal.code, text: refusal.text }
  return JSON.stringify({ totalCount: '1', imdata: [{ error: { attributes } }] })
}
