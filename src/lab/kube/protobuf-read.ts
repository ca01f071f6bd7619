/** How to read one message: field number → name, and what it holds. */
export type MessageShape = Readonly<Record<number, readonly [name: string, type: FieldType]>>
export type FieldType =
  | 'text'
  | 'bytes'
  | 'number'
  | 'flag'
  | 'texts'
  | 'textMap'
  | 'bytesMap'
  | MessageShape
  | readonly [MessageShape]

type Read = string | number | boolean | string[] | Record<string, unknown> | Record<string, unknown>[]

/** A protocol buffers message as JSON; fields that the shape does not name are skipped. Bytes become base64. */
export function readMessage(bytes: Buffer, shape: MessageShape): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [number, value] of fieldsIn(bytes)) {
    const known = shape[number]
    if (known && !isUnset(value, known[1])) result[known[0]] = merged(result[known[0]], read(value, known[1]))
  }
  return result
}

type Raw = Buffer | number

/** Kubernetes writes empty texts where JSON would leave the field out. */
const isUnset = (value: Raw, type: FieldType): boolean =>
  type === 'text' && typeof value !== 'number' && value.length === 0

function* fieldsIn(bytes: Buffer): Generator<readonly [number: number, value: Raw]> {
  let at = 0
  const varint = (): number => {
    let [value, scale] = [0, 1]
    for (;;) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    const wire = tag & 7
    if (wire === 0) yield [tag >>> 3, varint()]
    else if (wire === 2) {
      const size = varint()
      yield [tag >>> 3, bytes.subarray(at, at + size)]
      at += size
    } else at += wire === 1 ? 8 : 4
  }
}

function read(value: Raw, type: FieldType): Read {
  if (typeof value === 'number') return type === 'flag' ? value === 1 : value
  if (type === 'text') return value.toString()
  if (type === 'bytes') return value.toString('base64')
  if (type === 'texts') return [value.toString()]
  if (type === 'textMap' || type === 'bytesMap') return entry(value, type === 'textMap' ? 'text' : 'bytes')
  if (isRepeated(type)) return [readMessage(value, type[0])]
  return typeof type === 'object' ? readMessage(value, type) : ''
}

const isRepeated = (type: FieldType): type is readonly [MessageShape] => Array.isArray(type)

function entry(bytes: Buffer, type: 'text' | 'bytes'): Record<string, unknown> {
  const { key = '', value = '' } = readMessage(bytes, { 1: ['key', 'text'], 2: ['value', type] })
  return { [String(key)]: value }
}

/** Repeated fields come one by one: lists grow, maps take another key. */
function merged(before: unknown, value: Read): unknown {
  if (Array.isArray(value)) return [...((before as unknown[]) ?? []), ...value]
  return typeof value === 'object' ? { ...(before as object), ...value } : value
}
