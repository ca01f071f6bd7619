#!/usr/bin/env node
// Plain JavaScript on purpose: it must run, and speak clearly, on a Node that cannot run the rest.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const built = new URL('../dist/', import.meta.url).href
const major = Number(process.versions.node.split('.')[0])

if (major >= 24) {
  const { enableCompileCache, registerHooks } = await import('node:module')
  enableCompileCache()
  registerHooks({ resolve })
  // A checkout runs from source (Node strips the types); what npm publishes is built.
  const source = existsSync(join(root, 'src/cli/main.ts'))
  await import(source ? '../src/cli/main.ts' : '../dist/cli/main.js')
} else {
  await runUnderLocalNode()
}

/** An import that names its file outright needs none of the search that Node would make for each of some 200 files. */
function resolve(specifier, context, next) {
  const isFile = /^\.\.?\/.*\.[jt]s$/.test(specifier) && context.conditions.includes('import')
  if (!isFile || !context.parentURL) return next(specifier, context)
  const { href } = new URL(specifier, context.parentURL)
  if (href.endsWith('.ts')) return { url: href, format: 'module-typescript', shortCircuit: true }
  if (href.startsWith(built)) return { url: href, format: 'module', shortCircuit: true }
  return { url: inEnglish(href), shortCircuit: true }
}

/** zod offers its messages in fifty languages, a file each, and reads them all; weft speaks one, which zod names by itself. */
function inEnglish(url) {
  return url.endsWith('/zod/v4/locales/index.js') ? url.replace('index.js', 'en.js') : url
}

/** A checkout carries Node 24 as a development dependency; use it rather than turn the user away. */
async function runUnderLocalNode() {
  const { nodeForWeft, standInFor } = await import('./local-node.js')
  const local = nodeForWeft()
  if (local) return standInFor(local, process.argv.slice(1))
  console.error(`weft needs Node.js 24 or newer; this is ${process.version}. In a checkout, 'npm ci' brings one along.`)
  process.exit(4)
}
