/** Takes a terminal's bytes in any pieces and gives whole lines and the unfinished one. */
export interface LineSplitter {
  /** Feeds text; calls back for each completed line. */
  feed(text: string): void
  /** The line that has not ended yet, as a person would see it. */
  partial(): string
  /** Its length as it came, and its end as a person would see it: cheap, however long the line is. */
  end(): { readonly length: number; readonly text: string }
  /** Takes `characters` off the end of the unfinished line: a pager's mark. */
  drop(characters: number): void
  /** Forgets the unfinished line. */
  clear(): void
}

// A syslog message on a terminal (`terminal monitor`, console-like vty): it may begin anywhere in a line and takes the rest of it.
const SYSLOG =
  /(?:\d{4} \w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)? \S+ (?:%\$ VDC-\d+ %\$ ?)? {0,4})%[A-Z][A-Z0-9_-]*-\d-[A-Z0-9_]+: .*\r*$/
const ESCAPES = /\x1b(?:\[[0-9;?]*[A-Za-z]|[=>])/g

/** What a person must see of a line's end to know a prompt, a question or a pager's mark. */
const END_LETTERS = 256

/** Makes a splitter: carriage returns overwrite, backspaces erase, escape codes and syslog messages go. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  // In pieces: an answer in JSON is one line of megabytes, and would be copied with each piece that comes.
  let open: string[] = []
  let length = 0
  let end = ''
  let held = ''
  const clear = () => {
    open = []
    length = 0
    end = ''
  }
  const add = (text: string) => {
    open.push(text)
    length += text.length
    end = (end + text).slice(-END_LETTERS)
  }
  const finish = () => {
    const raw = open.join('')
    clear()
    const whole = held + raw
    const message = raw.includes('%') ? SYSLOG.exec(whole) : null
    // What stood before a message goes on behind it.
    held = message ? whole.slice(0, message.index) : ''
    if (!message) onLine(asSeen(whole))
  }
  const partial = () => asSeen(held + open.join(''))
  return {
    feed: text => {
      let from = 0
      for (let stop = text.indexOf('\n'); stop >= 0; stop = text.indexOf('\n', from)) {
        add(text.slice(from, stop))
        finish()
        from = stop + 1
      }
      if (from < text.length) add(text.slice(from))
    },
    partial,
    end: () => ({ length: held.length + length, text: asSeen(end === '' ? held.slice(-END_LETTERS) : end) }),
    drop: characters => {
      const kept = partial().slice(0, -characters)
      clear()
      add(kept)
      held = ''
    },
    clear: () => {
      clear()
      held = ''
    },
  }
}

/** A line as a terminal shows it. */
function asSeen(raw: string): string {
  let line = raw
  if (line.includes('\x1b')) line = line.replace(ESCAPES, '')
  if (line.includes('\r')) {
    let stop = line.length
    while (line[stop - 1] === '\r') stop--
    line = line.slice(line.lastIndexOf('\r', stop - 1) + 1, stop)
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
