import type { ApicAnswer } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'
import type { Page } from './answer.ts'

/** Objects per page; an APIC answers 503 or 'too big' above 100,000 at once. */
const PAGE_SIZE = 500

/**
 * All pages of a query. One request where all fits on a page; the others go out together when the first one has said how many
 * there are. A query that pages by itself is sent as it stands.
 * @throws FailureError unparseable when pages hold fewer objects than the APIC counts (CSCws30568: totalCount 8, imdata empty).
 */
export async function readPages(
  ask: (path: string) => Promise<Page>,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly ApicAnswer[]> {
  const [, bare = '', given = ''] = /^([^?]*)\??(.*)$/s.exec(path) ?? []
  const parameters = [...given.split('&').filter(part => part !== ''), ...Object.entries(query).map(encodePair)]
  const paged = (number: number) => `${bare}?${[...parameters, `page=${number}`, `page-size=${PAGE_SIZE}`].join('&')}`
  const plain = parameters.length > 0 ? `${bare}?${parameters.join('&')}` : bare
  if (parameters.some(part => /^page(-size)?=/.test(part)) || !isQuery(bare)) return (await ask(plain)).answers
  const first = await ask(paged(0))
  const rest = await Promise.all(
    Array.from({ length: Math.ceil(first.total / PAGE_SIZE) - 1 }, (_, index) => ask(paged(index + 1))),
  )
  const answers = [first, ...rest].flatMap(page => page.answers)
  if (answers.length < first.total) throw incomplete(plain, answers.length, first.total)
  return answers
}

/** Paging is for queries of objects, not for aaaRefresh and the like. */
function isQuery(path: string): boolean {
  return /^\/api\/(node\/)?(mo|class)\//.test(path)
}

function encodePair([name, value]: [string, string]): string {
  return `${name}=${encodeURIComponent(value).replace(/%2C/g, ',').replace(/%28/g, '(').replace(/%29/g, ')')}`
}

function incomplete(path: string, found: number, total: number): FailureError {
  return new FailureError({
    code: 'unparseable',
    message: `GET ${path} counts ${total} objects but holds ${found}.`,
    remedy: 'The objects changed while they were read, or the APIC miscounts (CSCws30568). Run it again.',
  })
}
