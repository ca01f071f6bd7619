import { existsSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCluster } from '../../../src/device/kube/open.ts'
import type { Guard } from '../../../src/model/guard.ts'
import { failureOf } from '../../support/failure.ts'
import { folderOf } from '../../support/folder.ts'
import { testWithKubectl } from '../../support/where.ts'

const test = suite('connection/kubectl/foreign-login')
const withKubectl = testWithKubectl(test)

const kubeconfig = (user: object) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:9' } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  })

/** A login program that leaves a file behind when it is started. */
const leaving = (file: string) => ({
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: 'touch',
    args: [file],
    interactiveMode: 'Never',
  },
})

async function ask(file: string, guard: Guard) {
  const cluster = await openCluster({
    endpoint: { host: 'k', platform: 'kube', address: 'k', kubeconfig: file, timeoutSeconds: 5 },
    run: 'test',
    progress: () => {},
    signal: new AbortController().signal,
    guard,
  })
  const failure = await failureOf(cluster.read.list({ apiVersion: 'v1', kind: 'ConfigMap' }))
  await cluster.release()
  return failure
}

const strict = (...roots: string[]): Guard => ({ roots: roots.map(root => realpathSync(root)), mayStart: () => false })

withKubectl('a kubeconfig of the repository starts no program in a plan, unless the operator allows it', async () => {
  const folder = folderOf({})
  const [file, ran] = [join(folder, 'config'), join(folder, 'ran')]
  writeFileSync(file, kubeconfig(leaving(ran)))
  const failure = await ask(file, strict(folder))
  assert.is(failure.code, 'unsafe')
  assert.match(failure.message, /lies in the repository, and its user u starts a program/)
  assert.match(failure.remedy ?? '', /allow_in_plan: \[kubeconfig\]/)
  assert.not.ok(existsSync(ran))
  await ask(file, { ...strict(folder), mayStart: what => what === 'kubeconfig' })
  assert.ok(existsSync(ran), 'the program is one that kubectl starts')
})

withKubectl("a kubeconfig of the operator's own is used as it is, also through a link in the repository", async () => {
  const [folder, home] = [folderOf({}), folderOf({})]
  const [link, ran] = [join(folder, 'config'), join(home, 'ran')]
  writeFileSync(join(home, 'config'), kubeconfig(leaving(ran)))
  symlinkSync(join(home, 'config'), link)
  await ask(link, strict(folder))
  assert.ok(existsSync(ran))
})

test('a link from outside to a kubeconfig of the repository does not make it another', async () => {
  const [folder, home] = [folderOf({}), folderOf({})]
  writeFileSync(join(folder, 'config'), kubeconfig({ 'auth-provider': { name: 'gcp' } }))
  symlinkSync(join(folder, 'config'), join(home, 'config'))
  assert.is((await ask(join(home, 'config'), strict(folder))).code, 'unsafe')
})

test('a kubeconfig of the repository sends no file from elsewhere as its token', async () => {
  const folder = folderOf({ config: kubeconfig({ tokenFile: '../../../../../../etc/hostname' }) })
  const failure = await ask(join(folder, 'config'), strict(folder))
  assert.is(failure.code, 'unsafe')
  assert.match(failure.message, /sends the content of a file from outside/)
})

test.run()
