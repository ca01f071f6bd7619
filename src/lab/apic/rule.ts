import { isIP } from 'node:net'

/** What a property may hold, and what it holds when nobody said. */
export interface Rule {
  readonly fallback: string
  /** 'secret' is written and never read back; 'read-only' is refused in a POST unless it is one of the few that clients echo. */
  readonly access: 'read-write' | 'secret' | 'read-only'
  /** The value as the APIC stores it, or why it refuses it. */
  readonly accept: (value: string) => { readonly value: string } | { readonly refused: 'unknown-value' | 'validation' }
}

/** One of a few words. */
export function choice(fallback: string, ...values: readonly string[]): Rule {
  const legal = new Set([fallback, ...values].filter(value => value !== ''))
  return rule(fallback, value => (legal.has(value) || value === fallback ? { value } : { refused: 'unknown-value' }))
}

/** yes or no; the APIC takes true and false for them too. */
export function yesNo(fallback: 'yes' | 'no'): Rule {
  const known: Record<string, string> = { yes: 'yes', no: 'no', true: 'yes', false: 'no' }
  return rule(fallback, value => (known[value] ? { value: known[value] } : { refused: 'unknown-value' }))
}

/** A set of words, stored comma-joined in alphabetical order; 'none' and '' are the empty set. */
export function bits(fallback: string, ...values: readonly string[]): Rule {
  const legal = new Set(values)
  return rule(fallback, value => {
    const words = value
      .split(',')
      .map(word => word.trim())
      .filter(word => word !== '' && word !== 'none' && word !== 'unspecified')
    return words.every(word => legal.has(word))
      ? { value: [...new Set(words)].sort().join(',') }
      : { refused: 'unknown-value' }
  })
}

/** A whole number within a range; `words` are accepted besides. */
export function number(fallback: string, range: readonly [number, number], ...words: readonly string[]): Rule {
  return rule(fallback, value => {
    if (words.includes(value)) return { value }
    if (!/^\d+$/.test(value)) return { refused: 'unknown-value' }
    const within = Number(value) >= range[0] && Number(value) <= range[1]
    return within ? { value: String(Number(value)) } : { refused: 'validation' }
  })
}

/** An AS number, plain or asdot, kept as written. */
export function asNumber(fallback = ''): Rule {
  return rule(fallback, value => {
    const parts = value.split('.')
    if (parts.length > 2 || !parts.every(part => /^\d+$/.test(part))) return { refused: 'unknown-value' }
    const limit = parts.length === 2 ? 65_535 : 4_294_967_295
    return parts.every(part => Number(part) <= limit) ? { value } : { refused: 'validation' }
  })
}

/** Letters, digits, dot, dash, underscore, and colon where names may hold one. */
export function word(options: { max: number; min?: number; colon?: boolean; fallback?: string }): Rule {
  const pattern = options.colon ? /^[a-zA-Z0-9_.:-]*$/ : /^[a-zA-Z0-9_.-]*$/
  return text({ ...options, pattern })
}

export function text(options: { max: number; min?: number; pattern?: RegExp; fallback?: string }): Rule {
  const { max, min = 0, pattern } = options
  return rule(options.fallback ?? '', value =>
    value.length <= max && value.length >= min && (!pattern || pattern.test(value))
      ? { value }
      : { refused: 'validation' },
  )
}

/** An IPv4 or IPv6 address, with or without a prefix length. */
export function address(fallback = '', prefix: 'optional' | 'required' | 'forbidden' = 'optional'): Rule {
  return rule(fallback, value => {
    if (value === fallback) return { value }
    const [ip = '', length, ...rest] = value.split('/')
    const family = isIP(ip)
    const limit = family === 6 ? 128 : 32
    const lengthFits = length === undefined ? prefix !== 'required' : /^\d+$/.test(length) && Number(length) <= limit
    const good = family !== 0 && rest.length === 0 && lengthFits && !(length !== undefined && prefix === 'forbidden')
    return good ? { value } : { refused: 'validation' }
  })
}

/** 'vlan-10' or 'vxlan-8000'. */
export function encap(fallback = 'unknown'): Rule {
  return rule(fallback, value => {
    const number = /^(vlan|vxlan)-(\d+)$/.exec(value)
    if (value === 'unknown') return { value }
    if (!number) return { refused: 'unknown-value' }
    return number[1] === 'vxlan' || (Number(number[2]) >= 1 && Number(number[2]) <= 4094)
      ? { value }
      : { refused: 'validation' }
  })
}

export function secret(): Rule {
  return { ...text({ max: 256 }), access: 'secret' }
}

export function readOnly(fallback: string): Rule {
  return { ...text({ max: 4096 }), fallback, access: 'read-only' }
}

function rule(fallback: string, accept: Rule['accept']): Rule {
  return { fallback, access: 'read-write', accept }
}
