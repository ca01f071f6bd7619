import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { parseEvents, YAMLException } from 'js-yaml'
import { FailureError } from '../../model/failure.ts'
import type { SourceMap } from '../../model/position.ts'
import { isSecretName } from '../../model/secret.ts'
import type { Value } from '../../model/value.ts'
import { didYouMeanFile } from '../near-file.ts'
import { composeDocuments } from './compose.ts'

export interface YamlDocument {
  readonly value: Value
  readonly source: SourceMap
}

const LARGEST_BYTES = 20 * 1024 * 1024

/**
 * A YAML text as Ansible reads it (YAML 1.1 words, octal and sexagesimal numbers), one entry per document, with the place of each part.
 * Throws FailureError (invalid) at file:line:column for syntax, tabs, duplicate keys, unknown tags and alias bombs.
 */
export function parseYaml(text: string, file: string): YamlDocument[] {
  if (text.length > LARGEST_BYTES) throw tooLarge(file, text.length)
  if (text.includes('\0')) throw binary(file)
  try {
    const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    return composeDocuments(parseEvents(clean, { filename: file, maxDepth: 200 }), clean, file)
  } catch (error) {
    if (error instanceof YAMLException) throw syntaxFailure(error, text, file)
    throw error
  }
}

/** Reads and parses a YAML file; refuses huge and binary files before parsing. Throws FailureError (invalid). */
export function readYamlFile(file: string): YamlDocument[] {
  return parseYaml(readTextFile(file), file)
}

/** A text file of the content. Throws FailureError (invalid) when it is missing, huge or binary. */
export function readTextFile(file: string): string {
  let size: number
  try {
    size = statSync(file).size
    if (size > LARGEST_BYTES) throw tooLarge(file, size)
    const bytes = readFileSync(file)
    if (bytes.subarray(0, 8192).includes(0)) throw binary(file)
    return decoded(bytes, file)
  } catch (error) {
    if (error instanceof FailureError) throw error
    const code = (error as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`
    const near = code === 'ENOENT' ? didYouMeanFile(file) : ''
    const message = `The file ${file} ${why}.${near}`
    throw new FailureError({ code: 'invalid', message, remedy: 'Check the path.' }, error)
  }
}

function decoded(bytes: Buffer, file: string): string {
  const text = bytes.toString('utf8')
  if (isUtf8(bytes)) return text
  const before = text.slice(0, text.indexOf('\ufffd')).split('\n')
  const at = { file, line: before.length, column: (before.at(-1) ?? '').length + 1 }
  throw new FailureError({
    code: 'invalid',
    message: `${file}:${at.line}:${at.column}: the text is not UTF-8.`,
    at,
    remedy: 'Save it as UTF-8, or convert it: iconv -f LATIN1 -t UTF-8.',
  })
}

function syntaxFailure(error: YAMLException, text: string, file: string): FailureError {
  const line = (error.mark?.line ?? 0) + 1
  const column = (error.mark?.column ?? 0) + 1
  const written = text.split('\n')[line - 1] ?? ''
  const tab = /^\s*\t/.test(written)
  const braces = /:\s*\{\{/.test(written)
  return new FailureError(
    {
      code: 'invalid',
      message: `${file}:${line}:${column}: this is not valid YAML: ${tab ? 'a tab is used for indentation' : reasonOf(error, written)}.`,
      at: { file, line, column },
      remedy: tab
        ? 'Indent with spaces.'
        : braces
          ? 'A value that starts with {{ must be quoted: "{{ name }}".'
          : 'Look at this line and the one above it: indentation, a missing colon, or an open quote.',
    },
    error,
  )
}

/** The parser quotes what it stumbles over: not where that may be a secret. */
function reasonOf({ reason }: YAMLException, line: string): string {
  const name = /^[\s-]*["']?([\w.-]+)["']?\s*:/.exec(line)?.[1] ?? ''
  return isSecretName(name) ? 'the value of this line cannot be read; put it in quotes' : reason
}

function tooLarge(file: string, size: number): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `${file} is ${Math.round(size / 1048576)} MB; weft reads YAML and templates up to ${LARGEST_BYTES / 1048576} MB.`,
    at: { file, line: 1, column: 1 },
    remedy: 'Is this the right file? Split it if it is.',
  })
}

function binary(file: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `${file} is a binary file, not text.`,
    at: { file, line: 1, column: 1 },
    remedy: 'Is this the right file? Text must be UTF-8.',
  })
}
