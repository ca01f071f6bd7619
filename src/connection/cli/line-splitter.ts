/** Takes a terminal's bytes in any pieces and gives whole lines and the unfinished one. */
export interface LineSplitter {
  /** Feeds text; calls back for each completed line. */
  feed(text: string): void
  /** The line that has not ended yet, as a person would see it. */
  partial(): string
  /** Takes `characters` off the end of the unfinished line: a pager's mark. */
  drop(characters: number): void
  /** Forgets the unfinished line. */
  clear(): void
}

// A syslog message on a terminal (`terminal monitor`, console-like vty): it may begin anywhere in a line and takes the rest of it.
const SYSLOG =
  /(?:\d{4} \w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)? \S+ (?:%\$ VDC-\d+ %\$ ?)? *)%[A-Z][A-Z0-9_-]*-\d-[A-Z0-9_]+: .*\r*$/
const ESCAPES = /\x1b(?:\[[0-9;?]*[A-Za-z]|[=>])/g

/** Makes a splitter: carriage returns overwrite, backspaces erase, escape codes and syslog messages go. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  let open = ''
  let held = ''
  const finish = (raw: string) => {
    const whole = held + raw
    const message = raw.includes('%') ? SYSLOG.exec(whole) : null
    // What stood before a message goes on behind it.
    held = message ? whole.slice(0, message.index) : ''
    if (!message) onLine(asSeen(whole))
  }
  return {
    feed: text => {
      let from = 0
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        finish(open + text.slice(from, end))
        open = ''
        from = end + 1
      }
      open += text.slice(from)
    },
    partial: () => asSeen(held + open),
    drop: characters => {
      open = asSeen(held + open).slice(0, -characters)
      held = ''
    },
    clear: () => {
      open = ''
      held = ''
    },
  }
}

/** A line as a terminal shows it. */
function asSeen(raw: string): string {
  let line = raw
  if (line.includes('\x1b')) line = line.replace(ESCAPES, '')
  if (line.includes('\r')) {
    const kept = line.replace(/\r+$/, '')
    line = kept.slice(kept.lastIndexOf('\r') + 1)
  }
  if (line.includes('\b')) return erase(line)
  return line.includes('\x07') ? line.replaceAll('\x07', '') : line
}

function erase(line: string): string {
  const seen: string[] = []
  for (const character of line) {
    if (character === '\b') seen.pop()
    else seen.push(character)
  }
  return seen.join('')
}
