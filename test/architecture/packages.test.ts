import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sourceFiles } from './source-files.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

/** The packages that the files of a folder import. */
function packagesOf(folder: string): string[] {
  const names = sourceFiles(folder).flatMap(({ text }) =>
    [...text.matchAll(/(?:^(?:import|export)\b[^';()]*?from |import\()'([^'.][^']*)'/gm)].map(
      match => match[1] as string,
    ),
  )
  const packages = names
    .filter(name => !isBuiltin(name))
    .map(name =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  return [...new Set(packages)].sort()
}

test('what src imports is what the published package depends on, no more and no less', () => {
  assert.equal(packagesOf('src'), Object.keys(manifest.dependencies).sort())
})

test('what only tests import is a development dependency', () => {
  const known = { ...manifest.dependencies, ...manifest.devDependencies }
  assert.equal(
    packagesOf('test').filter(name => !(name in known)),
    [],
  )
})

test('the lock file names no registry, so that any registry will do', () => {
  assert.not.match(readFileSync('package-lock.json', 'utf8'), '"resolved"')
})

test.run()
