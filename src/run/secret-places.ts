const SHOWN = '********'
const ANNOUNCED = '(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|psk|pin|community|credential|[\\w-]*_?key)'

/** Places of a text that hold a secret whatever it is: between a colon and an @ of a URL, in its query, behind the scheme of an Authorization, behind a key's type digit. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/(:\/\/[^\s:@/"'\\]*:)(?!\d+(?:[/\s"'?#]|$))[^\s"'@]*(@)/g, `$1${SHOWN}$2`],
  [
    /([?&][\w.-]*(?:token|passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key|signature|credential)=)[^&\s"'#\\]+/gi,
    `$1${SHOWN}`,
  ],
  [/(authorization\\?["']?\s*[:=]\s*\\?["']?(?:basic|bearer|token|apikey)\s+)[^\s"'\\,]+/gi, `$1${SHOWN}`],
  [
    /(\b(?:password|secret|key|key-string|key-octet-string|authentication-key) [0356789] )(?=\S*[\d"$])(?!\d{1,4}\b)("[^"]*"|\S+)/g,
    `$1${SHOWN}`,
  ],
]

/** Whether a text may hold such a place; asked of every event. */
export const MAY_HOLD_PLACE =
  /:\/\/[^\s/"]*:[^\s"]*@|[?&][\w.-]*=|authorization|(?:password|secret|key|string) [0356789] /i

export function withoutPlaces(text: string): string {
  return MAY_HOLD_PLACE.test(text) ? PLACES.reduce((rest, [place, shown]) => rest.replace(place, shown), text) : text
}

/** What may stand between a name that announces a secret and the secret itself, as a lookbehind. */
export const BEHIND_NAME = `(?<=(?:^|[^a-zA-Z])${ANNOUNCED}\\w{0,8}\\\\?["']?(?:\\s*[:=]\\s*|\\s+(?:is\\s+)?)(?:\\d\\s+)?\\\\?["']?)`
