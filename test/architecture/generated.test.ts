import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { generatedPages } from '../../docs/generate/pages.ts'
import { parseYaml } from '../../src/inventory/yaml/read.ts'
import { allModules, modules as table } from '../../src/modules/index.ts'
import { sourceFiles } from './source-files.ts'

const modules = await allModules()

test('generated pages and schemas are fresh (npm run generate)', async () => {
  const stale = Object.entries(await generatedPages()).filter(
    ([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
  )
  assert.equal(
    stale.map(([file]) => file),
    [],
  )
})

test('the table of modules holds every module of the folder, and no name twice', () => {
  const declared = readdirSync('src/modules', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && file !== 'index.ts')
    .filter(file => /: (Resource|Action)Module</.test(readFileSync(`src/modules/${file}`, 'utf8')))
    .map(file => basename(file, '.ts').replaceAll('-', '_'))
  const names = modules.flatMap(module => [module.name, ...(module.aliases ?? [])])
  assert.equal(
    declared.filter(name => !names.includes(name)),
    [],
  )
  assert.equal(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  )
})

test('the table names each module as it names itself', () => {
  assert.equal(
    table.map(each => each.names),
    modules.map(module => [module.name, ...(module.aliases ?? [])]),
  )
})

test('every example of every module is YAML that its module accepts', async () => {
  const { checkArguments } = await import('../../src/playbook/read/arguments.ts')
  const wrong: string[] = []
  for (const module of modules) {
    for (const example of module.examples) {
      try {
        const [document] = parseYaml(example.yaml, `${module.name}.yml`)
        const tasks = Array.isArray(document?.value) ? document.value : [document?.value]
        for (const task of tasks as Record<string, never>[]) {
          const action = Object.keys(task).find(key => [module.name, ...(module.aliases ?? [])].includes(key)) as string
          if (JSON.stringify(task[action]).includes('{{')) continue
          checkArguments(module, task[action] as never, { source: document?.source as never, path: [action] })
        }
      } catch (error) {
        wrong.push(`${module.name}: ${example.title}: ${(error as Error).message}`)
      }
    }
  }
  assert.equal(wrong, [])
})

test('no file of the repository names this machine', () => {
  const naming = sourceFiles('src').filter(({ text }) => /\/work\/(main|shared)/.test(text))
  assert.equal(
    naming.map(({ path }) => path),
    [],
  )
})

test.run()
