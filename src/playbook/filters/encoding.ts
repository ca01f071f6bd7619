import { createHash } from 'node:crypto'
import { dump } from 'js-yaml'
import { parseYaml } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { pythonText } from '../jinja/python.ts'
import { argument, flagArgument, numberArgument } from './argument.ts'
import type { Filter } from './index.ts'

/** JSON with Python's blanks after comma and colon. */
function pythonJson(value: Value, sorted: boolean): string {
  if (Array.isArray(value)) return `[${value.map(entry => pythonJson(entry, sorted)).join(', ')}]`
  if (!isMapping(value)) return asciiJson(value)
  const keys = sorted ? Object.keys(value).sort() : Object.keys(value)
  return `{${keys.map(key => `${asciiJson(key)}: ${pythonJson(value[key] as Value, sorted)}`).join(', ')}}`
}

function asciiJson(value: Value): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function sortedKeys(value: Value): Value {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sortedKeys(value[key] as Value)]),
  )
}

const niceJson: Filter = (of, call) => {
  const sorted = flagArgument(call, 99, 'sort_keys', true) ? sortedKeys(of) : of
  return JSON.stringify(sorted, null, numberArgument(call, 0, 'indent', 4))
}

function yaml(of: Value, indent: number, nice: boolean): string {
  if (!nice && (typeof of !== 'object' || of === null)) return `${dump(of).trimEnd()}\n...\n`
  return dump(sortedKeys(of), { indent, lineWidth: -1, noRefs: true, flowLevel: nice ? -1 : 1, seqNoIndent: true })
}

const fromJson: Filter = of => {
  try {
    return JSON.parse(pythonText(of)) as Value
  } catch (error) {
    // The parser's own message quotes the text, which may hold a secret.
    throw new Error('this is not JSON', { cause: error })
  }
}

const fromYaml =
  (all: boolean): Filter =>
  of => {
    if (typeof of !== 'string') return of
    try {
      const documents = parseYaml(of, '<text>').map(({ value }) => value)
      return all ? documents : (documents[0] ?? null)
    } catch (error) {
      throw error instanceof FailureError ? new Error(`this is not YAML: ${error.message}`, { cause: error }) : error
    }
  }

/** Filters between values and text that stands for them. */
export const encodingFilters: Record<string, Filter> = {
  to_json: (of, call) => pythonJson(of, flagArgument(call, 99, 'sort_keys')),
  tojson: of => pythonJson(of, true),
  to_nice_json: niceJson,
  from_json: fromJson,
  to_yaml: (of, call) =>
    yaml(of, numberArgument(call, 0, 'indent', 2), argument(call, 99, 'default_flow_style', null) === false),
  to_nice_yaml: (of, call) => yaml(of, numberArgument(call, 0, 'indent', 4), true),
  from_yaml: fromYaml(false),
  from_yaml_all: fromYaml(true),
  b64encode: of => Buffer.from(pythonText(of), 'utf8').toString('base64'),
  b64decode: of => Buffer.from(pythonText(of), 'base64').toString('utf8'),
  urlencode: of =>
    isMapping(of)
      ? Object.entries(of)
          .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(pythonText(value))}`)
          .join('&')
      : encodeURIComponent(pythonText(of)).replaceAll('%2F', '/'),
  to_uuid: of => uuid5(pythonText(of)),
}

/** Ansible's own namespace for to_uuid. */
const NAMESPACE = '361E6D51FAEC444A90799A2B5D6B1BDB'

function uuid5(name: string): string {
  const bytes = createHash('sha1').update(Buffer.from(NAMESPACE, 'hex')).update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
