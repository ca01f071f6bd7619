/** Lines by which NX-OS says that it refused a command. Sources: recorded outputs of NX-OS 6.2 to 10.6, and the terminal tables of napalm, scrapli and cisco.nxos. */
const REFUSALS: readonly RegExp[] = [
  /^% ?(Invalid|Incomplete|Ambiguous|Unknown|Unrecognized|Bad|Permission|Authorization|Access|Duplicate|Cannot|Can't|Could not|Error|Failed|Not )/i,
  /^% ?.*(not (found|allowed|supported|configured|enabled|permitted|exist)|does not exist|already (exists|in use|running)|denied|failed|overlaps|must be|conflicts?\b)/i,
  // Whatever stands before it: 'Invalid range', 'Incomplete command' …; the caret above shows where.
  /at '\^' marker\.?\s*$/,
  /^ERROR\b/i,
  /^Error:/,
  /^(Syntax error while parsing|Cmd exec error)/,
  /^CMD '.*' had failure/,
  /^'.*' (command failed|returned error code)/,
  /^(unknown command|user not present|connection timed out)/i,
  /Duplicate sequence number/,
  /^No corresponding .+ configured/,
  /please specify sequence number/,
  /sufficient free entries are not available in tcam/i,
  /^Permission denied/i,
  /^(ping|traceroute): bad context/,
  /(Verification failed|Rollback failed|Rolling back to previous)/,
  /^Configuration (update|change) aborted/i,
]

/** Lines that begin like a refusal and are none. */
const WARNINGS: readonly RegExp[] = [
  /^(%\s*)?(warning|note|notice|advisory|info)\b/i,
  /^% ?(Deleted|Removed|Removing|Applying|Please wait)\b/i,
  // A log message that broke in: '%ETHPORT-5-IF_UP: …'.
  /^%[A-Z][A-Z0-9_-]*-\d-/,
]

const CARET = /^\s*\^\s*$/

/**
 * The device's own words when an answer is a refusal, or null. A caret line belongs to the refusal; warnings do not count.
 * @param output an answer without its echo and prompt.
 */
export function refusalIn(output: readonly string[]): string | null {
  const at = output.findIndex(isRefusal)
  if (at < 0) return null
  return wordsFrom(output, at)
}

/**
 * The same in configuration mode, where a line that is taken is answered by nothing or by a notice: there a caret is a refusal whatever
 * the words below it, and so is every line that begins with `%` and is no known notice (cisco.nxos goes by `^% \w+` as well).
 */
export function refusalInConfiguration(output: readonly string[]): string | null {
  const known = refusalIn(output)
  if (known !== null) return known
  const at = output.findIndex(line => CARET.test(line) || (/^\s*% ?\w/.test(line) && !isNotice(line.trim())))
  return at < 0 ? null : wordsFrom(output, at) || 'a caret (^), and no words'
}

function wordsFrom(output: readonly string[], at: number): string {
  const words = output.slice(at).filter(line => !CARET.test(line))
  return words
    .map(line => line.trim())
    .filter(line => line !== '')
    .join('\n')
}

function isRefusal(raw: string): boolean {
  const line = raw.replace(/^[#.\s]+/, '')
  return !isNotice(line) && REFUSALS.some(refusal => refusal.test(line))
}

function isNotice(line: string): boolean {
  return WARNINGS.some(warning => warning.test(line))
}
