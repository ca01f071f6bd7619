import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseYaml } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'

/**
 * The -e options as variables, later ones winning: `key=value key2="a b"` (always text), YAML or JSON, or @file.
 * @throws FailureError invalid, naming the option.
 */
export function parseExtraVars(options: readonly string[], folder: string): Variables {
  return Object.assign({}, ...options.map(option => parseOne(option.trim(), folder))) as Variables
}

function parseOne(option: string, folder: string): Variables {
  if (option.startsWith('@')) return mappingOf(readText(resolve(folder, option.slice(1))), option.slice(1))
  if (option.startsWith('{') || /^[^\s=]+:\s/.test(option)) return mappingOf(option, '-e')
  const pairs = [...option.matchAll(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g)]
  const rest = option.replace(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g, '').trim()
  if (pairs.length === 0 || rest !== '') {
    throw new FailureError({
      code: 'invalid',
      // Only its first word: the rest may be a secret.
      message: `-e '${option.split(/[\s=:]/)[0]} …' is not a variable`,
      remedy: 'Write key=value, \'{"key": value}\' or @file.yml.',
    })
  }
  return Object.fromEntries(pairs.map(([, key, value]) => [key as string, unquote(value as string)]))
}

function unquote(text: string): string {
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) return text.slice(1, -1).replace(/\\(.)/g, '$1')
  if (text.startsWith("'") && text.endsWith("'") && text.length > 1) return text.slice(1, -1)
  return text
}

function mappingOf(text: string, name: string): Variables {
  const value: Value = parseYaml(text, name)[0]?.value ?? {}
  if (isMapping(value)) return value
  throw new FailureError({
    code: 'invalid',
    message: `${name} must hold a mapping of variables`,
    remedy: 'Write key: value pairs.',
  })
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new FailureError(
      {
        code: 'invalid',
        message: `cannot read the variables file ${file}: ${(error as NodeJS.ErrnoException).code}`,
        remedy: 'Check the path after the @.',
      },
      error,
    )
  }
}
