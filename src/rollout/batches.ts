/**
 * Hosts cut into the batches that `serial` asks for. An entry is a number of hosts or a percentage of all of them
 * (rounded down, at least one host); the last entry repeats; 0, or no entry at all, means everyone that is left.
 */
export function batches<H>(hosts: readonly H[], serial: readonly (number | string)[]): H[][] {
  const sizes = serial.map(entry => sizeOf(entry, hosts.length))
  const found: H[][] = []
  for (let start = 0; start < hosts.length; ) {
    const size = sizes[Math.min(found.length, sizes.length - 1)] || hosts.length
    found.push(hosts.slice(start, start + size))
    start += size
  }
  return found
}

function sizeOf(entry: number | string, total: number): number {
  const text = String(entry).trim()
  const number = Number.parseFloat(text)
  if (!/^-?\d+(\.\d+)?\s*%?$/.test(text))
    throw new RangeError(`'${text}' is neither a number of hosts nor a percentage`)
  if (number <= 0) return 0
  return text.endsWith('%') ? Math.max(1, Math.floor((total * number) / 100)) : Math.floor(number)
}
