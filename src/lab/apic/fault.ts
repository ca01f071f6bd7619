/** What goes wrong, to order. Counters count down with each request that they hit. */
export interface ApicFaults {
  /** So many requests are answered 503, in the APIC's own words. */
  readonly unavailable?: number
  /** So many requests are answered with the HTML page of the web server in front. */
  readonly html?: number
  /** Logins beyond so many in a second are throttled with 503. */
  readonly loginsPerSecond?: number
  /** Seconds that a token lives; 600 unless told. */
  readonly tokenSeconds?: number
  /** All tokens die after so many further requests. */
  readonly tokenDeath?: number
  /** Milliseconds that an answer takes, on top of the latency, where `path` is part of the request's path. */
  readonly slow?: { readonly path: string; readonly milliseconds: number }
  /** So many connections are cut in the middle of the answer. */
  readonly cut?: number
  /** What hits one request, or several in a row, once so many others have passed. */
  readonly strike?: Strike
}

export interface Strike {
  /** Requests that pass before. */
  readonly after: number
  /**
   * cut: the connection ends before the request is carried out; taken: it is carried out, and the connection ends instead of the answer;
   * token: all sessions end first; busy: 503; busy-taken: it is carried out, and 503 is said.
   */
  readonly kind: 'cut' | 'taken' | 'token' | 'busy' | 'busy-taken'
  /** 1 unless told. */
  readonly times?: number
}

export interface FaultState {
  /** Merges; a fault set to 0 or undefined is over. */
  set(faults: ApicFaults): void
  readonly tokenSeconds: () => number
  /** The fault that hits this request, if any; counts it. */
  next(request: { readonly path: string; readonly login: boolean }): Hit
}

export interface Hit {
  readonly kind: 'none' | 'unavailable' | 'html' | 'throttled' | 'cut' | 'taken' | 'busy-taken'
  readonly delay: number
  readonly endTokens: boolean
}

export function makeFaults(start: ApicFaults = {}): FaultState {
  let faults: ApicFaults = { ...start }
  let logins: number[] = []
  const take = (name: 'unavailable' | 'html' | 'cut') => {
    const left = faults[name] ?? 0
    if (left > 0) faults = { ...faults, [name]: left - 1 }
    return left > 0
  }
  const strike = (): Strike['kind'] | null => {
    const { strike: due } = faults
    if (!due) return null
    const times = due.times ?? 1
    const { strike: _, ...others } = faults
    if (due.after > 0) faults = { ...faults, strike: { ...due, after: due.after - 1 } }
    else faults = { ...others, ...(times > 1 ? { strike: { ...due, times: times - 1 } } : {}) }
    return due.after > 0 ? null : due.kind
  }
  const throttled = () => {
    const limit = faults.loginsPerSecond ?? 0
    logins = [...logins.filter(time => time > Date.now() - 1000), Date.now()]
    return limit > 0 && logins.length > limit
  }
  const tokensEnd = () => {
    const left = faults.tokenDeath ?? 0
    if (left > 0) faults = { ...faults, tokenDeath: left - 1 }
    return left === 1
  }
  return {
    set: more => {
      faults = { ...faults, ...more }
    },
    tokenSeconds: () => faults.tokenSeconds ?? 600,
    next({ path, login }) {
      const delay = faults.slow && path.includes(faults.slow.path) ? faults.slow.milliseconds : 0
      const struck = strike()
      const endTokens = (!login && tokensEnd()) || struck === 'token'
      if (login && throttled()) return { kind: 'throttled', delay, endTokens }
      if (struck === 'busy') return { kind: 'unavailable', delay, endTokens }
      if (struck && struck !== 'token') return { kind: struck, delay, endTokens }
      if (take('unavailable')) return { kind: 'unavailable', delay, endTokens }
      if (take('html')) return { kind: 'html', delay, endTokens }
      return { kind: take('cut') ? 'cut' : 'none', delay, endTokens }
    },
  }
}

/** The page of the web server in front of the APIC. */
export function htmlPage(status: number, title: string): string {
  const body = `<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>`
  return `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n${body}\r\n</body>\r\n</html>\r\n`
}
