import { mappingOf } from '../python/item.ts'
import { integerOf } from '../python/sequence.ts'
import { str } from '../python/text.ts'
import { textArgument } from './argument.ts'
import type { Filter } from './filter.ts'
import { escapedHtml } from './markup.ts'

/** The parts of an address, as Python's urlsplit names them; one of them by its name. */
const urlSplit: Filter = (of, call) => {
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z][A-Za-z\d+.-]*):)?([\s\S]*)$/.exec(str(of)) ?? []
  const [, netloc = '', path = '', query = '', fragment = ''] =
    /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(rest) ?? []
  const at = netloc.lastIndexOf('@')
  const [user, password] = at < 0 ? [] : splitOnce(netloc.slice(0, at), ':')
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(netloc.slice(at + 1)) ?? []
  const parts = {
    fragment,
    hostname: host === '' ? null : host.replace(/^\[|\]$/g, '').toLowerCase(),
    netloc,
    password: password ?? null,
    path,
    port: port === undefined || port === '' ? null : (integerOf(port) ?? null),
    query,
    scheme: scheme.toLowerCase(),
    username: user ?? null,
  }
  const wanted = textArgument(call, 0, 'query')
  if (wanted === '') return mappingOf(Object.entries(parts))
  if (!Object.hasOwn(parts, wanted)) throw new Error(`unknown URL component: ${wanted}`)
  return parts[wanted as keyof typeof parts]
}

function splitOnce(text: string, by: string): string[] {
  const at = text.indexOf(by)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function urlDecode(text: string): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/(?:%[\da-fA-F]{2})+/g, escaped => Buffer.from(escaped.replaceAll('%', ''), 'hex').toString('utf8'))
  return bytes
}

/** Addresses within a text as links. */
function urlize(text: string): string {
  return text
    .split(/(\s+)/)
    .map(word => {
      const shown = escapedHtml(word)
      if (/^(https?:\/\/|www\.)\S+\.\S+$/.test(word)) {
        const target = word.startsWith('www.') ? `https://${shown}` : shown
        return `<a href="${target}" rel="noopener">${shown}</a>`
      }
      return shown
    })
    .join('')
}

/** Filters on addresses of the web. */
export const urlFilters: Record<string, Filter> = {
  urlsplit: urlSplit,
  urldecode: of => urlDecode(str(of)),
  urlize: of => urlize(str(of)),
}
