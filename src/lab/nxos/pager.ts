/** An output that is being shown page by page. */
export interface Pager {
  /** The first page. */
  readonly first: string
  /** What a key brings: more text, and whether that was all. */
  press(key: string): { text: string; done: boolean } | null
}

const more = '\x1b[7m--More--\x1b[m'
const wipe = '\r        \r'

/** Pages an output of `\r\n` lines by the terminal's length; null when it fits or paging is off. */
export function createPager(text: string, length: number): Pager | null {
  const lines = text.split('\r\n')
  const page = length - 1
  if (length === 0 || lines.length <= length) return null
  let shown = page

  const next = (count: number) => {
    const piece = lines.slice(shown, shown + count).join('\r\n')
    shown += count
    const done = shown >= lines.length
    return { text: `${wipe}${piece}${done ? '' : `\r\n${more}`}`, done }
  }

  return {
    first: `${lines.slice(0, page).join('\r\n')}\r\n${more}`,
    press(key) {
      if (key === ' ') return next(page)
      if (key === '\r' || key === '\n') return next(1)
      return key === 'q' || key === '\x03' ? { text: wipe, done: true } : null
    },
  }
}
