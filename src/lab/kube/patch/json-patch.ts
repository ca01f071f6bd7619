import { copy, isMap, type Json, type JsonMap, mapOf, same, textOf } from '../json.ts'
import { badRequest, refusal } from '../status.ts'

/** RFC 6902 on a copy. @throws 422 for an operation whose path does not exist or whose test fails */
export function jsonPatch(target: JsonMap, operations: Json): JsonMap {
  if (!Array.isArray(operations)) throw badRequest('error decoding patch: a JSON patch is a list of operations')
  let result: Json = copy(target)
  for (const operation of operations) result = perform(result, mapOf(operation))
  return mapOf(result)
}

function perform(document: Json, operation: JsonMap): Json {
  const path = textOf(operation.path)
  const value = operation.value ?? null
  switch (operation.op) {
    case 'add':
      return write(document, steps(path), value, 'add')
    case 'replace':
      read(document, path)
      return write(document, steps(path), value, 'replace')
    case 'remove':
      read(document, path)
      return write(document, steps(path), undefined, 'replace')
    case 'test':
      if (!same(read(document, path), value)) throw unprocessable(`testing value ${path} failed`)
      return document
    case 'copy':
      return write(document, steps(path), copy(read(document, textOf(operation.from))), 'add')
    case 'move': {
      const moved = copy(read(document, textOf(operation.from)))
      return write(write(document, steps(textOf(operation.from)), undefined, 'replace'), steps(path), moved, 'add')
    }
    default:
      throw badRequest(`Unexpected kind: ${JSON.stringify(operation.op ?? null)}`)
  }
}

const unprocessable = (message: string) =>
  refusal({
    code: 422,
    reason: 'Invalid',
    message: `the server rejected our request due to an error in our request: ${message}`,
  })

function steps(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(document: Json, path: string): Json {
  let found: Json | undefined = document
  for (const step of steps(path))
    found = Array.isArray(found) ? found[Number(step)] : isMap(found) ? found[step] : undefined
  if (found === undefined) throw unprocessable(`doc is missing path: ${path}`)
  return found
}

/** The document with the value at a path added, replaced or (undefined) removed. */
function write(document: Json, path: readonly string[], value: Json | undefined, mode: 'add' | 'replace'): Json {
  const [step, ...rest] = path
  if (step === undefined) return value ?? null
  if (Array.isArray(document)) {
    const index = step === '-' ? document.length : Number(step)
    const child =
      rest.length > 0 ? [write(document[index] ?? null, rest, value, mode)] : value === undefined ? [] : [value]
    const replaced = rest.length === 0 && mode === 'add' ? 0 : 1
    return document.toSpliced(index, replaced, ...child)
  }
  if (!isMap(document)) throw unprocessable(`doc is missing key: ${step}`)
  if (rest.length > 0) return { ...document, [step]: write(document[step] ?? null, rest, value, mode) }
  if (value !== undefined) return { ...document, [step]: value }
  const { [step]: _, ...kept } = document
  return kept
}
