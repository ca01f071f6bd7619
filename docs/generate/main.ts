import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { generatedPages } from './pages.ts'

/** `npm run generate` writes the generated pages and schemas; with --check it only says which are stale and exits 1. */
const check = process.argv.includes('--check')
const stale = Object.entries(await generatedPages()).filter(([file, text]) => read(file) !== text)
for (const [file, text] of stale) {
  console.log(check ? `stale: ${file} (npm run generate)` : `wrote ${file}`)
  if (check) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
if (check && stale.length > 0) process.exitCode = 1

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
