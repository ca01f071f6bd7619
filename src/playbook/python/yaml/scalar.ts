/** How a text may stand in YAML, as PyYAML decides it: plain, in single quotes, or only in double quotes. */
export interface Analysis {
  readonly isEmpty: boolean
  readonly isMultiline: boolean
  /** Inside of [ ] and { }. */
  readonly flowPlain: boolean
  readonly blockPlain: boolean
  readonly singleQuoted: boolean
  readonly block: boolean
}

const BREAKS = '\n\x85\u2028\u2029'
const isBlank = (letter: string | undefined) => letter === undefined || /[\0 \t\r\n\x85\u2028\u2029]/.test(letter)

/** What a letter is beside its neighbours: an indicator of YAML anywhere, or only inside of brackets. */
function indicatorAt(letters: readonly string[], at: number): 'everywhere' | 'inBrackets' | null {
  const letter = letters[at] as string
  const isFollowed = isBlank(letters[at + 1])
  if (at === 0) {
    if ('#,[]{}&*!|>\'"%@`'.includes(letter)) return 'everywhere'
    if ('?:'.includes(letter)) return isFollowed ? 'everywhere' : 'inBrackets'
    return letter === '-' && isFollowed ? 'everywhere' : null
  }
  if (letter === ':') return isFollowed ? 'everywhere' : 'inBrackets'
  if (letter === '#' && isBlank(letters[at - 1])) return 'everywhere'
  return ',?[]{}'.includes(letter) ? 'inBrackets' : null
}

/** Letters that only an escape can stand for. */
function isSpecial(letter: string): boolean {
  return !/[\n -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(letter)
}

/** Looks at a text. */
export function analysisOf(text: string): Analysis {
  if (text === '')
    return { isEmpty: true, isMultiline: false, flowPlain: false, blockPlain: true, singleQuoted: true, block: false }
  const letters = [...text]
  const indicators = letters.map((_, at) => indicatorAt(letters, at))
  const isMarker = text.startsWith('---') || text.startsWith('...')
  const isEverywhere = isMarker || indicators.includes('everywhere')
  const isMultiline = letters.some(letter => BREAKS.includes(letter))
  const hasEnds = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(text)
  const hasBreakSpace = /[\n\x85\u2028\u2029] /.test(text)
  const isHard = / [\n\x85\u2028\u2029]/.test(text) || letters.some(isSpecial)
  const plain = !hasEnds && !hasBreakSpace && !isHard && !isMultiline
  return {
    isEmpty: false,
    isMultiline,
    flowPlain: plain && !isEverywhere && !indicators.includes('inBrackets'),
    blockPlain: plain && !isEverywhere,
    singleQuoted: !hasBreakSpace && !isHard,
    block: !text.endsWith(' ') && !isHard,
  }
}

const OTHER_TYPES: readonly RegExp[] = [
  /^(yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^([-+]?(\d[\d_]*)\.[\d_]*([eE][-+]\d+)?|\.\d[\d_]*([eE][-+]\d+)?|[-+]?\d[\d_]*(:[0-5]?\d)+\.[\d_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/,
  /^([-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(:[0-5]?\d)+)$/,
  /^(<<|=|~|null|Null|NULL|)$/,
  /^(\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)\d\d?:\d\d:\d\d(\.\d*)?([ \t]*(Z|[-+]\d\d?(:\d\d)?))?)$/,
]

/** Whether a text without quotes would be read as something else: a number, a date, yes. */
export function readsOtherwise(text: string): boolean {
  return OTHER_TYPES.some(type => type.test(text))
}
