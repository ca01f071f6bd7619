import type { SourceFile } from './source-files.ts'

/** Builtins and packages by which a file of the sources could change something outside, each with what it is a way to. */
const MODULES: Readonly<Record<string, string>> = {
  child_process: 'processes',
  cluster: 'processes',
  worker_threads: 'processes',
  module: 'processes',
  vm: 'processes',
  zx: 'processes',
  net: 'network',
  tls: 'network',
  http: 'network',
  https: 'network',
  http2: 'network',
  dgram: 'network',
  ssh2: 'network',
  sqlite: 'ledger',
}

/** What node:fs has that only looks. */
const LOOKS = new Set(
  ['access', 'exists', 'glob', 'lstat', 'readdir', 'readFile', 'readlink', 'realpath', 'stat'].flatMap(name => [
    name,
    `${name}Sync`,
  ]),
)
const NO_CALL = new Set(['constants', 'Stats', 'Dirent'])

/** The ways out that a file has, as 'files', 'processes', 'network' or 'ledger'. Imports of types alone are none. */
export function waysOut({ text }: Pick<SourceFile, 'text'>): string[] {
  const code = text.replace(/^\s*(\/\/|\/?\*).*$/gm, '')
  const found = importsOf(code).flatMap(({ from, names }) => {
    const module = from.replace(/^node:/, '').split('/')[0] as string
    if (module === 'fs')
      return names === null || names.some(name => !LOOKS.has(name) && !NO_CALL.has(name)) ? ['files'] : []
    return Object.hasOwn(MODULES, module) ? [MODULES[module] as string] : []
  })
  const called = /\b(fetch|WebSocket|EventSource|XMLHttpRequest)\(/.test(code) ? ['network'] : []
  const made = /\b(eval|new Function|createRequire|process\.(binding|dlopen|kill))\(/.test(code) ? ['processes'] : []
  return [...new Set([...found, ...called, ...made])].sort()
}

interface Import {
  readonly from: string
  /** null = all of it. */
  readonly names: readonly string[] | null
}

function importsOf(code: string): Import[] {
  const fixed = [...code.matchAll(/^(?:import|export)\s+(?!type\b)([^'";]*?)\s*from\s*'([^'.][^']*)'/gm)].map(
    ([, what = '', from = '']) => ({ from, names: namesOf(what) }),
  )
  const bare = [...code.matchAll(/^import\s*'([^'.][^']*)'/gm)].map(([, from = '']) => ({ from, names: null }))
  const late = [...code.matchAll(/(?<!typeof )\b(?:import|require)\(\s*['`]([^'`.][^'`]*)['`]\s*\)/g)].map(
    ([, from = '']) => ({ from, names: null }),
  )
  return [...fixed, ...bare, ...late]
}

/** `{ a, b as c, type D }` without its types; anything else is all of the module. */
function namesOf(what: string): string[] | null {
  const list = /^\{([\s\S]*)\}$/.exec(what.trim())?.[1]
  if (list === undefined) return null
  return list
    .split(',')
    .map(name => name.trim().split(/\s+as\s+/)[0] as string)
    .filter(name => name !== '' && !name.startsWith('type '))
}
