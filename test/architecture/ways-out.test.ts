import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { importedPaths, sourceFiles } from './source-files.ts'
import { waysOut } from './ways-out.ts'

const test = suite('architecture/ways-out')

/** Folders that may: the wire below the door, and the lab, which is a peer and no part of a run. */
const MAY = /^src\/(connection|lab)\//

/** Every other file that has a way out, which, and what for. A file that no longer needs it must leave this list. */
const KNOWN: Readonly<Record<string, readonly [way: string, why: string]>> = {
  'src/cli/doctor/doctor-machine.ts': ['processes', 'asks kubectl, ssh and git for their release'],
  'src/cli/run/plan-file.ts': ['files', 'the plan that --save asks for'],
  'src/journal/origin.ts': ['processes', 'asks git for the commit'],
  'src/journal/private-file.ts': ['files', 'the ledger'],
  'src/journal/process.ts': ['processes', 'asks whether a process lives (signal 0)'],
  'src/journal/sqlite/open.ts': ['ledger', 'the ledger'],
  'src/model/timed-search.ts': ['processes', 'the time limit of regular expressions (node:vm)'],
  'src/playbook/template/lookups.ts': ['processes', 'pipe and lines; not in a plan'],
  'src/run/next-command.ts': ['files', 'the hosts to retry, below .weft'],
}

const sources = sourceFiles('src')
const others = sources.filter(({ path }) => !MAY.test(path))

test('outside of connections and the lab, only these files write files, start processes or reach the network', () => {
  const found = others.flatMap(file => {
    const ways = waysOut(file)
    return ways.length === 0 ? [] : [[file.path, ways.join(' ')]]
  })
  const known = Object.entries(KNOWN).map(([path, [way]]) => [path, way])
  assert.equal(Object.fromEntries(found), Object.fromEntries(known))
})

/** On anything but the ledger's store and what is printed to. */
const CHANGES =
  /(?:\b(?!(?:store|bare|waiting|out|err|stderr|stdout|stream|options|doors)\b)\w+|[)\]])\.(write|commit|revert)\(/g

test('what changes something on a target is called below the door alone', () => {
  const found = others
    .filter(({ path }) => !/^src\/(run\/door|device)\//.test(path))
    .flatMap(({ path, text }) => (text.replaceAll('?.', '.').match(CHANGES) ?? []).map(call => `${path}: ${call}`))
  assert.equal(found, [])
})

test('devices are opened by the wiring alone, and of the connections the engine knows only how a target is named', () => {
  const DEVICES = /(^|\/)device\/(nxos|apic|kube|linux)\//
  const opened = others.filter(
    file =>
      !file.path.startsWith('src/device/') &&
      [...file.text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].some(([, path = '']) => DEVICES.test(path)),
  )
  assert.equal(
    opened.map(({ path }) => path),
    ['src/cli/main.ts'],
  )
  const wired = others
    .filter(({ path }) => !path.startsWith('src/device/'))
    .flatMap(file =>
      importedPaths(file)
        .filter(path => path.includes('/connection/') && !path.endsWith('/connection/endpoint.ts'))
        .map(path => `${file.path}: ${path}`),
    )
  // What starts inventory scripts is handed on by the wiring too.
  assert.equal(wired, ['src/cli/main.ts: ../connection/local/process.ts'])
})

test('the looking sees each way out, and lets what only looks pass', () => {
  const seen: Readonly<Record<string, readonly string[]>> = {
    "import { writeFileSync } from 'node:fs'": ['files'],
    "import { readFileSync, rm as gone } from 'fs'": ['files'],
    "import {\n  readFile,\n  open,\n} from 'node:fs/promises'": ['files'],
    "import fs from 'node:fs'": ['files'],
    "import * as fs from 'node:fs'": ['files'],
    "const fs = await import('node:fs/promises')": ['files'],
    "export { spawn } from 'node:child_process'": ['processes'],
    "const { $ } = await import('zx')": ['processes'],
    "import Client from 'ssh2/lib/client.js'": ['network'],
    '  await fetch(url)': ['network'],
    'eval(text)': ['processes'],
    "import { readFileSync, type Stats } from 'node:fs'": [],
    "import type { WriteStream } from 'node:fs'": [],
    "type A = typeof import('node:fs')": [],
    '// await fetch(url)': [],
  }
  for (const call of ['device.write(all)', '(await open()).commit()', 'devices[0].revert()', 'one()?.write(x)'])
    assert.ok(call.replace('?.', '.').match(CHANGES), call)
  assert.not.ok('wires.out.write(text)'.match(CHANGES))
  for (const [text, ways] of Object.entries(seen)) assert.equal(waysOut({ text }), ways, text)
})

test.run()
