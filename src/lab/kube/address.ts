import ipaddr from 'ipaddr.js'

/** The host addresses of a CIDR in order, without the network address; at most 4096 of a large one. */
export function* addressesIn(cidr: string): Generator<string> {
  const [base, length] = ipaddr.parseCIDR(cidr)
  const bytes = base.toByteArray()
  const bits = bytes.length * 8 - length
  const count = Math.min(2 ** bits, 4097)
  for (let offset = 1; offset < Math.max(count, 2); offset++) yield ipaddr.fromByteArray(plus(bytes, offset)).toString()
}

export function isV6(address: string): boolean {
  return address.includes(':')
}

function plus(bytes: readonly number[], offset: number): number[] {
  const sum = [...bytes]
  let carry = offset
  for (let index = sum.length - 1; index >= 0 && carry > 0; index--) {
    const total = (sum[index] ?? 0) + carry
    sum[index] = total % 256
    carry = Math.floor(total / 256)
  }
  return sum
}
