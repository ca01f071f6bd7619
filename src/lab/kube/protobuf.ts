/** Just enough of protocol buffers to write messages of strings, booleans and messages. */
export type Field = readonly [number: number, value: string | boolean | Buffer]

export function message(...fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.map(field))
}

function field([number, value]: Field): Buffer {
  if (typeof value === 'boolean') return Buffer.concat([varint(number << 3), varint(value ? 1 : 0)])
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  return Buffer.from([...bytes, rest])
}
