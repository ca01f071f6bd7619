import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCluster } from '../../../src/device/kube/open.ts'
import { failureOf } from '../../support/failure.ts'
import { folderOf } from '../../support/folder.ts'
import { testWithKubectl } from '../../support/where.ts'

const test = suite('device/kube/reader')

/** Builds a folder whose base is in another repository, reached by an ssh that leaves a file behind. */
async function build(allowed: boolean) {
  const folder = folderOf({
    'kustomization.yaml': 'resources: ["ssh://git@127.0.0.1/x/y.git//base?ref=main&timeout=5s"]\n',
  })
  const ran = join(folder, 'ran')
  const ssh = join(folder, 'ssh')
  writeFileSync(ssh, `#!/bin/sh\ntouch ${ran}\nexit 1\n`)
  chmodSync(ssh, 0o755)
  const before = process.env.GIT_SSH_COMMAND
  process.env.GIT_SSH_COMMAND = ssh
  try {
    const cluster = await openCluster({
      endpoint: { host: 'k', platform: 'kube', address: 'k' },
      run: 'test',
      progress: () => {},
      signal: new AbortController().signal,
      guard: { roots: [], mayStart: () => allowed },
    })
    return { failure: await failureOf(cluster.read.kustomize(folder)), started: existsSync(ran) }
  } finally {
    if (before === undefined) delete process.env.GIT_SSH_COMMAND
    else process.env.GIT_SSH_COMMAND = before
  }
}

testWithKubectl(test)('a plan fetches no base of a kustomization with git, unless the operator allows it', async () => {
  const { failure, started } = await build(false)
  assert.is(failure.code, 'unsafe', failure.device?.said)
  assert.match(failure.remedy ?? '', /allow_in_plan: \[kustomize\]/)
  assert.not.ok(started)
  const allowed = await build(true)
  assert.is(allowed.failure.code, 'invalid')
  assert.ok(allowed.started, allowed.failure.device?.said)
})

test.run()
