import { FailureError } from '../model/failure.ts'
import type { Value } from '../model/value.ts'
import { splitWords } from '../model/words.ts'
import { type Draft, draftChild, draftGroup, draftHost, type Origin } from './draft.ts'
import { pythonLiteral } from './python-literal.ts'
import { expandRange } from './range.ts'

/** Reads an INI inventory into the draft. Throws FailureError (invalid) with the line. */
export function readIni(text: string, origin: Origin, draft: Draft): void {
  let section: Section = { group: 'ungrouped', kind: 'hosts' }
  const lines = text.split(/\r?\n/)
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
    try {
      if (line.startsWith('[')) section = sectionOf(line, draft) ?? section
      if (!line.startsWith('[') || !isHeader(line)) entry(line, section, { origin, draft })
    } catch (error) {
      throw atLine(error, origin.file, index + 1)
    }
  }
}

interface Section {
  readonly group: string
  readonly kind: 'hosts' | 'children' | 'vars'
}

const HEADER = /^\[([^:\]\s]+)(?::(\w+))?\]\s*([#;].*)?$/

function isHeader(line: string): boolean {
  return HEADER.test(line)
}

function sectionOf(line: string, draft: Draft): Section | null {
  const found = HEADER.exec(line)
  if (!found) {
    if (/^\[[^\]]*$/.test(line)) throw new Error(`the section ${line} has no closing bracket`)
    return null
  }
  const kind = found[2] ?? 'hosts'
  if (kind !== 'hosts' && kind !== 'children' && kind !== 'vars')
    throw new Error(
      `the section [${found[1]}:${kind}] is not known: a section is [group], [group:children] or [group:vars]`,
    )
  draftGroup(draft, found[1] as string)
  return { group: found[1] as string, kind }
}

function entry(line: string, section: Section, { origin, draft }: { origin: Origin; draft: Draft }): void {
  if (section.kind === 'children') {
    draftChild(draft, section.group, line.replace(/\s+#.*$/, ''))
    return
  }
  if (section.kind === 'vars') {
    const at = line.indexOf('=')
    if (at < 1) throw new Error(`"${line}" is not a variable: write name=value`)
    draftGroup(draft, section.group).variables[line.slice(0, at).trim()] = iniValue(line.slice(at + 1).trim())
    return
  }
  const [pattern = '', ...settings] = splitWords(line, { comments: true })
  const { name, port } = withPort(pattern)
  for (const host of expandRange(name)) {
    const variables = draftHost(draft, host, { group: section.group, file: origin })
    if (port !== null) variables.ansible_port = port
    for (const setting of settings) {
      const at = setting.indexOf('=')
      if (at < 1) throw new Error(`"${setting}" after the host ${host} is not a variable: write name=value`)
      variables[setting.slice(0, at)] = iniValue(setting.slice(at + 1))
    }
  }
}

/** `leaf:22`: digits behind the one colon outside of brackets; an IPv6 address has more colons. */
function withPort(pattern: string): { name: string; port: number | null } {
  const colon = onlyColon(pattern)
  const port = pattern.slice(colon + 1)
  if (colon < 1 || !/^\d+$/.test(port)) return { name: pattern, port: null }
  return { name: pattern.slice(0, colon), port: Number(port) }
}

/** Where the colon outside of brackets stands; -1 where there is none, or more than one. */
function onlyColon(pattern: string): number {
  let inside = false
  let colon = -1
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]
    if (letter === '[' || letter === ']') inside = letter === '['
    else if (letter === ':' && !inside) {
      if (colon >= 0) return -1
      colon = at
    }
  }
  return colon
}

/** A Python literal where it is one, otherwise text. */
export function iniValue(text: string): Value {
  const value = pythonLiteral(text)
  return value === undefined ? text : value
}

function atLine(error: unknown, file: string, line: number): FailureError {
  const reason = error instanceof Error ? error.message : String(error)
  return new FailureError(
    {
      code: 'invalid',
      message: `${file}:${line}:1: ${reason}.`,
      at: { file, line, column: 1 },
      remedy: 'An INI inventory holds [group], [group:children], [group:vars] and lines of "host name=value".',
    },
    error,
  )
}
