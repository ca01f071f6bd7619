import { createHash } from 'node:crypto'
import { parseYaml } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import { isTrue } from '../python/compare.ts'
import { enter } from '../python/crossing.ts'
import { type JsonStyle, jsonText, readJson } from '../python/json.ts'
import { pairsOf } from '../python/methods/mapping.ts'
import { float, isDict, isList, type Operand } from '../python/operand.ts'
import { str } from '../python/text.ts'
import { yamlText } from '../python/yaml/dump.ts'
import { argument, flagArgument, listFrom, numberArgument, textArgument } from './argument.ts'
import type { Filter, FilterCall } from './filter.ts'

function style(call: FilterCall, { indent, sortKeys }: { indent: number | null; sortKeys: boolean }): JsonStyle {
  const wanted = argument(call, 0, 'indent', indent)
  const [between, after] = listFrom(argument(call, 99, 'separators', [])).map(str)
  return {
    indent: wanted === null ? null : Math.max(0, Math.min(20, Number(wanted))),
    sortKeys: flagArgument(call, 99, 'sort_keys', sortKeys),
    ascii: flagArgument(call, 99, 'ensure_ascii', true),
    separators: [between ?? (wanted === null ? ', ' : ','), after ?? ': '],
  }
}

/** Jinja's own: what it makes may stand in a page. */
const toJson: Filter = (of, call) =>
  jsonText(of, style(call, { indent: null, sortKeys: true })).replace(
    /[<>&']/g,
    letter => `\\u00${letter.charCodeAt(0).toString(16)}`,
  )

function yaml(of: Operand, call: FilterCall, { indent, flow }: { indent: number; flow: boolean | null }): string {
  const wanted = argument(call, 99, 'default_flow_style', flow)
  const textStyle = argument(call, 99, 'default_style', null)
  return yamlText(of, {
    indent: numberArgument(call, 0, 'indent', indent),
    width: numberArgument(call, 99, 'width', 80),
    sortKeys: flagArgument(call, 99, 'sort_keys', true),
    flow: wanted === null ? null : isTrue(wanted),
    textStyle: textStyle === null ? null : str(textStyle),
  })
}

const fromYaml =
  (all: boolean): Filter =>
  of => {
    if (typeof of !== 'string') return of
    try {
      const documents = parseYaml(of, '<text>').map(({ value }) => enter(value, false))
      const [first = null] = documents
      return all ? documents : typeof first === 'number' && of.includes('.') ? float(first) : first
    } catch (error) {
      throw error instanceof FailureError ? new Error(`this is not YAML: ${error.message}`, { cause: error }) : error
    }
  }

/** Filters between values and text that stands for them. */
export const encodingFilters: Record<string, Filter> = {
  to_json: (of, call) => jsonText(of, style(call, { indent: null, sortKeys: false })),
  tojson: toJson,
  to_nice_json: (of, call) => jsonText(of, style(call, { indent: 4, sortKeys: true })),
  from_json: of => readJson(str(of)),
  to_yaml: (of, call) => yaml(of, call, { indent: 2, flow: null }),
  to_nice_yaml: (of, call) => yaml(of, call, { indent: 4, flow: false }),
  from_yaml: fromYaml(false),
  from_yaml_all: fromYaml(true),
  b64encode: of => Buffer.from(str(of), 'utf8').toString('base64'),
  b64decode: of => Buffer.from(str(of), 'base64').toString('utf8'),
  urlencode: of =>
    isDict(of) || isList(of)
      ? pairsOf(of)
          .map(pair => pair.map(part => quotedForUrl(str(part), '').replaceAll('%20', '+')).join('='))
          .join('&')
      : quotedForUrl(str(of), '/'),
  to_uuid: (of, call) => uuid5(str(of), textArgument(call, 0, 'namespace', NAMESPACE)),
}

/** As Python's quote: letters, digits, _.-~ and what is `safe` stay. */
function quotedForUrl(text: string, safe: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', safe === '/' ? '/' : '%2F')
}

/** Ansible's own namespace for to_uuid. */
const NAMESPACE = '361E6D51-FAEC-444A-9079-341386DA8E2E'

function uuid5(name: string, namespace: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex')
  if (space.length !== 16) throw new Error(`${namespace} is no UUID`)
  const bytes = createHash('sha1').update(space).update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
