import { createHash } from 'node:crypto'

/**
 * A BGP password as `show running-config` shows it (`password 3 <hex>`). NX-OS uses 3DES with a fixed key; the lab uses
 * a hash with the same looks: equal passwords give equal texts, which is all that anything here asks for.
 */
export function typeThree(clear: string): string {
  const length = Math.max(16, Math.ceil(clear.length / 8) * 16)
  return createHash('sha512').update(`nx-os bgp ${clear}`).digest('hex').slice(0, length)
}

/** A user's password as NX-OS keeps it (type 5, SHA-256). */
export function typeFive(clear: string): string {
  const hash = createHash('sha256').update(`nx-os user ${clear}`).digest('base64').replaceAll('=', '.').slice(0, 43)
  return `$5$${createHash('sha256').update(clear).digest('hex').slice(0, 6).toUpperCase()}$${hash}`
}
