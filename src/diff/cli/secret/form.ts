/** A secret in a line: where it stands, the type digit before it ('' where there is none), and itself without quotes. */
export interface SecretSpan {
  readonly start: number
  readonly end: number
  readonly type: string
  readonly secret: string
}

/** A line form, ready to be held against lines. */
export type Form = RegExp

const TOKEN = /\.\.\.|<\w+>|[[\]{}|*]|[^\s[\]{}|*<>]+/g
const END = '(?:\\s+|$)'
/** A word, or a text in quotes; one that is never closed goes to the end of the line. No text is both: else long lines take for ever. */
const WORD = '(?:"[^"]*(?:"(?=\\s|$)|$)|(?!"[^"]*(?:"(?:\\s|$)|$))\\S+)'
/** What may stand behind a secret, so that `key 7 port 49` has the secret 7 and not the type 7. */
const BEHIND =
  '(?:priv|localized\\w*|engineid|group|ro|rw|role|expire|view|use-\\S+|(?:auth-|acct-|udp-)?port|timeout|authentication|accounting|' +
  'single-connection|test|idle-time|retransmit|pac|md5|level-\\S+|vrf|address|aes-\\S+|cryptographic-algorithm)'
const TYPE = `(?:(?<type#>\\d)\\s+(?!${BEHIND}${END}))?`

const SPECIAL: Readonly<Record<string, string>> = {
  '...': `(?:${WORD}\\s+)*?`,
  '*': WORD + END,
  '[': '(?:',
  ']': ')?',
  '{': '(?:',
  '}': ')',
  '|': '|',
  '<type>': `(?<behind#>\\d)${END}`,
  '<number>': `\\d+${END}`,
  '<secret>': `${TYPE}(?<secret#>${WORD})${END}`,
  '<line>': `${TYPE}(?<secret#>\\S.*)$`,
}

/**
 * A line form as an expression. Words are keywords, which people shorten to no less than two letters; `*` is any word, `...` any number of words, `[x]`
 * may be left out, `{a|b}` is one of them, `<number>` digits. `<secret>` is one word or quoted text, `<line>` all that is left of the line, both with
 * or without a type digit; `<type>` is a digit behind the secret. What follows the form does not matter, unless it ends with '$'.
 */
export function formOf(notation: string): Form {
  let count = 0
  const source = notation.replace(/\$$/, '').replace(TOKEN, token => {
    if (token === '<secret>' || token === '<line>') count++
    return (SPECIAL[token] ?? keyword(token)).replaceAll('#', String(count))
  })
  const end = notation.endsWith('$') ? '$' : ''
  return new RegExp(`^${source.replaceAll(' ', '')}${end}`, 'di')
}

/**
 * 'password' as pa(s(s(w…)?)?)?. Of 'key-string' only the last part is shortened: 'key' is another keyword; but 'snmp' is 'snmp-server'.
 */
function keyword(word: string): string {
  const letters = [...word].map(letter => letter.replace(/[.*+?^${}()|[\]\\]/, '\\$&'))
  const whole = word.endsWith('-server') ? 2 : Math.max(2, word.lastIndexOf('-') + 2)
  const optional = letters.slice(whole).reduceRight((rest, letter) => `(?:${letter}${rest})?`, '')
  return letters.slice(0, whole).join('') + optional + END
}

/** The secrets that a line of that form holds; null for another line. */
export function spansOf(form: Form, line: string): SecretSpan[] | null {
  const found = form.exec(line)
  if (!found) return null
  return Object.entries(found.indices?.groups ?? {}).flatMap(([name, place]) => {
    if (!place || !name.startsWith('secret')) return []
    const [start, end] = place
    const number = name.slice('secret'.length)
    const type = found.groups?.[`type${number}`] ?? found.groups?.[`behind${number}`] ?? ''
    return [{ start, end, type, secret: line.slice(start, end).replace(/^"([^"]*)"?$/, '$1') }]
  })
}
