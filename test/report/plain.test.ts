import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunEvent } from '../../src/model/event.ts'
import { plainReport } from '../../src/report/plain.ts'

const time = '2026-01-01T00:00:00.000Z'
const at = { file: 'tasks/nxos/peers.yml', line: 3, column: 3 }
const about = { time, play: 'Leaves', task: 'Peers', id: 't1', action: 'nxos_config', at, seconds: 0.1 } as const
const none = { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0 }

async function reported(events: readonly RunEvent[], verbosity = 0): Promise<string> {
  const written: string[] = []
  const report = plainReport({ write: text => written.push(text), colour: false, diff: false, verbosity })
  for (const event of events) report.emit(event)
  await report.end()
  return written.join('')
}

const started: RunEvent = { event: 'run-started', time, run: 'r1', mode: 'plan', playbooks: ['site.yml'], version: '1' }
const change: RunEvent = {
  event: 'host-result',
  ...about,
  host: 'leaf-101',
  status: 'changed',
  changes: [
    {
      resource: 'router bgp 65102/vrf vrf-001/neighbor 192.168.1.11',
      action: 'update',
      form: 'config',
      lines: [' router bgp 65102', '   neighbor 192.168.1.11', '-    remote-as 65530', '+    remote-as 65531'],
      disrupts: 'resets the session',
    },
    {
      resource: 'router bgp 65102/vrf vrf-001/neighbor 192.168.1.11/description',
      action: 'create',
      form: 'config',
      lines: [' router bgp 65102', '   neighbor 192.168.1.11', '+    description blue-1'],
    },
  ],
}

test('a plan reads like a diff: resource, lines, what may interrupt traffic, and the sum', async () => {
  const text = await reported([
    started,
    { event: 'play-started', time, play: 'Leaves', hosts: ['leaf-101', 'leaf-102'] },
    change,
    { event: 'host-result', ...about, host: 'leaf-102', status: 'ok' },
    {
      event: 'run-finished',
      time,
      seconds: 1,
      exit: 2,
      hosts: { 'leaf-101': { ...none, changed: 1 }, 'leaf-102': { ...none, ok: 1 } },
    },
  ])
  assert.match(text, 'PLAY Leaves  2 hosts')
  assert.match(text, 'change    leaf-101  Peers  1 to create, 1 to change  tasks/nxos/peers.yml:3')
  assert.match(
    text,
    `
     router bgp 65102
       neighbor 192.168.1.11
    -    remote-as 65530
    +    remote-as 65531   ! resets the session
    +    description blue-1
`,
  )
  assert.match(text, 'Plan: 1 to create, 1 to change, 0 to delete on 1 host.')
  assert.not.match(text, 'leaf-102\n')
})

test('with -v what is in sync is shown as well', async () => {
  const text = await reported([started, { event: 'host-result', ...about, host: 'leaf-102', status: 'ok' }], 1)
  assert.match(text, /ok +leaf-102/)
})

test('a failure gives the place, the refused line within its contexts, the words of the device, and what to do', async () => {
  const text = await reported([
    { ...started, mode: 'run' },
    {
      event: 'host-result',
      ...about,
      host: 'leaf-101',
      status: 'failed',
      failure: {
        code: 'rejected',
        message: 'leaf-101 refused a line',
        at,
        device: {
          said: "% Invalid number at '^' marker.",
          line: 'remote-as 0',
          context: ['router bgp 65102', 'neighbor 10.0.0.1'],
        },
        aftermath: 'rolled back, nothing of this task is left',
        remedy: 'Correct the AS number.',
      },
    },
    {
      event: 'run-finished',
      time,
      seconds: 1,
      exit: 1,
      hosts: { 'leaf-101': { ...none, failed: 1 } },
      next: 'weft run site.yml --limit leaf-101',
    },
  ])
  assert.match(text, 'rejected: leaf-101 refused a line')
  assert.match(text, 'at tasks/nxos/peers.yml:3:3')
  assert.match(text, /router bgp 65102\n +neighbor 10\.0\.0\.1\n +> +remote-as 0\n +% Invalid number/)
  assert.match(text, 'now: rolled back, nothing of this task is left')
  assert.match(text, 'do: Correct the AS number.')
  assert.match(text, 'Retry: weft run site.yml --limit leaf-101')
})

test('no line of a message can be taken for a line of weft', async () => {
  const message = 'boom\nok        leaf-102  Peers  site.yml:3\nRun: nothing to do.'
  const failed: RunEvent = {
    event: 'host-result',
    ...about,
    host: 'leaf-101',
    status: 'failed',
    failure: { code: 'failed', message },
  }
  const lines = (await reported([started, failed])).split('\n')
  assert.is(lines.filter(line => /^ {8}(ok|Run:)/.test(line)).length, 2)
  assert.is(lines.filter(line => /^(ok|Run:)/.test(line)).length, 0)
})

test.run()
