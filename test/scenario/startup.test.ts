import { basename } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

/** The files that a plan loads. */
async function loadedBy(playbook: string): Promise<string[]> {
  const tell = `import { registerHooks } from 'node:module'
    registerHooks({ load: (url, context, next) => (process._rawDebug('loaded ' + url), next(url, context)) })`
  const { err } = await weft(['plan', 'site.yml', '-i', 'localhost,'], {
    folder: folderOf({ 'site.yml': playbook }),
    environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tell)}` },
  })
  return [...err.matchAll(/^loaded (.*)$/gm)].map(([, url = '']) => url)
}

test('a plan loads the modules that its playbook names, and zod without its fifty languages', async () => {
  const loaded = await loadedBy('- hosts: localhost\n  gather_facts: false\n  tasks: [{debug: {msg: hi}}]\n')
  assert.ok(loaded.some(file => file.endsWith('/src/modules/play/debug.ts')))
  assert.not(loaded.some(file => /\/modules\/(nxos|apic|k8s)/.test(file)))
  assert.equal(
    loaded.filter(file => file.includes('/locales/')).map(file => basename(file)),
    ['en.js'],
  )
})

test('a playbook that names no module loads none, and neither zod nor a device', async () => {
  const loaded = await loadedBy('- hosts: localhost\n  gather_facts: false\n  tasks: []\n')
  assert.not(loaded.some(file => /ssh2|zod|src\/connection\/(nxos|apic|kube)|src\/lab/.test(file)))
})

test.run()
