import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { importedPaths, sourceFiles } from './source-files.ts'

/** Who may import whom at run time; everything may import model and itself. docs/architecture.md says why. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  inventory: [],
  playbook: ['inventory'],
  connection: [],
  diff: [],
  device: ['connection', 'diff'],
  rollout: [],
  journal: [],
  report: [],
  modules: ['diff'],
  run: ['inventory', 'playbook', 'connection', 'diff', 'rollout', 'journal'],
  lab: ['diff'],
  settings: ['inventory'],
  cli: ['run', 'journal', 'report'],
}

test('each part of the house imports only what it may', () => {
  const wrong = sourceFiles('src').flatMap(file => {
    const part = file.path.split('/')[1] as string
    if (file.path === 'src/cli/main.ts') return []
    return importedPaths(file)
      .map(path => join(dirname(file.path), path).split('/')[1] as string)
      .filter(
        target => target !== undefined && target !== part && target !== 'model' && !allowed[part]?.includes(target),
      )
      .map(target => `${file.path} imports ${target}`)
  })
  assert.equal(wrong, [])
})

test('the check of imports sees a forbidden one', () => {
  const file = {
    path: 'src/diff/x.ts',
    lines: 1,
    text: "import { a } from '../run/a.ts'\nimport type { B } from '../cli/b.ts'\n",
  }
  assert.equal(importedPaths(file), ['../run/a.ts'])
})

test('no source file is longer than 300 lines', () => {
  const long = sourceFiles('src').filter(file => file.lines > 300)
  assert.equal(
    long.map(file => `${file.path}: ${file.lines}`),
    [],
  )
})

/** Folders that still hold more; what is not named here stays small. */
const crowded = [
  'src/diff/cli',
  'src/lab/apic',
  'src/lab/kube',
  'src/lab/nxos',
  'src/lab/nxos/show',
  'src/model',
  'src/playbook/filters',
  'src/playbook/read',
  'src/playbook/template',
  'src/report',
  'src/run/play',
  'src/run/task',
]

test('no folder of sources holds more than 15 files', () => {
  const folders = Map.groupBy(sourceFiles('src'), file => dirname(file.path))
  const large = [...folders].filter(([folder, files]) => files.length > 15 && !crowded.includes(folder))
  assert.equal(
    large.map(([folder, files]) => `${folder}: ${files.length}`),
    [],
  )
})

test('the median source file has about 60 lines', () => {
  const lengths = sourceFiles('src')
    .filter(file => !file.path.startsWith('src/lab/'))
    .map(file => file.lines)
    .sort((a, b) => a - b)
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0
  assert.ok(median <= 75, `it has ${median}`)
})

test('only cli/main.ts exits the process', () => {
  const exits = sourceFiles('src').filter(file => /process\.exit\(/.test(file.text) && file.path !== 'src/cli/main.ts')
  assert.equal(
    exits.map(file => file.path),
    [],
  )
})

test('every test file runs its tests, and none hides others', () => {
  const tests = sourceFiles('test').filter(file => file.path.endsWith('.test.ts'))
  const silent = tests.filter(file => !/\.run\(\)|Contract\(|suiteWithKubectl\(|answersSuite\(/.test(file.text))
  const hiding = tests.filter(file => /\b(test|suite)\.(only|skip)\(/.test(file.text))
  // A test that leaves early counts as passed; test/support/where.ts counts it as skipped.
  const leaving = tests.filter(file => /return console\.\w+\(/.test(file.text))
  assert.equal(
    [...silent, ...hiding, ...leaving].map(file => file.path),
    [],
  )
})

test('names say what a file holds', () => {
  const vague = sourceFiles('src').filter(file =>
    /(^|\/|-)(utils?|helpers?|common|base|manager|impl|misc)\.ts$/.test(file.path),
  )
  assert.equal(
    vague.map(file => file.path),
    [],
  )
})

test.run()
