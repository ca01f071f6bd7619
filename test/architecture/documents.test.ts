import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const documents = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.md'))
    .map(file => join('docs', file)),
]
const textOf = (file: string) => readFileSync(file, 'utf8')

test('every link between the documents leads to a file', () => {
  const broken = documents.flatMap(file =>
    [...textOf(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
      .filter(([, target]) => !existsSync(join(dirname(file), target ?? '')))
      .map(([, target]) => `${file}: ${target}`),
  )
  assert.equal(broken, [])
})

test('every npm script and every path that the documents name is there', () => {
  const { scripts } = JSON.parse(textOf('package.json'))
  const wrong = documents.flatMap(file => {
    const text = textOf(file)
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(match => match[1] as string)
    const folders = [...text.matchAll(/`((?:src|test|docs|tasks|playbooks|inventory|schema)\/[\w/.-]*)`/g)].map(
      match => match[1] as string,
    )
    return [
      ...named.filter(name => !(name in scripts)).map(name => `${file}: npm run ${name}`),
      ...folders.filter(path => !existsSync(path)).map(path => `${file}: ${path}`),
    ]
  })
  assert.equal(wrong, [])
})

test('every guide and decision is linked from the README or from another document', () => {
  const all = documents.map(textOf).join('\n')
  const lonely = documents.filter(
    file => !/README|CHANGELOG|decisions/.test(file) && !all.includes(`${file.replace(/^docs\//, '')})`),
  )
  assert.equal(lonely, [])
})

test('no document has a place left to fill in', () => {
  const unfinished = documents.filter(file => /^(FIGURES|TODO|TBD|XXX)\b/m.test(textOf(file)))
  assert.equal(unfinished, [])
})

test.run()
