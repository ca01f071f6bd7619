import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startWeft } from '../support/weft.ts'
import { testWhere } from '../support/where.ts'

const test = suite('weft lab')
const folder = mkdtempSync(join(tmpdir(), 'weft-lab-'))
let lab: ReturnType<typeof startWeft>
let ports: number[] = []

test.before(async () => {
  lab = startWeft(['lab', '--state', folder])
  await lab.says('Ctrl-C ends the lab.')
  ports = ['leaf-101', 'leaf-102', 'leaf-103', 'leaf-104', 'apic-1'].map(host => {
    const text = readFileSync(join(folder, `inventory/host_vars/${host}.yml`), 'utf8')
    return Number(/^ansible_port: (\d+)$/m.exec(text)?.[1])
  })
})
test.after(() => {
  lab.signal('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('what it writes is for its owner only', () => {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  assert.ok(entries.length > 10)
  for (const entry of entries) {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777
    assert.is(mode, entry.isDirectory() ? 0o700 : 0o600, entry.name)
  }
})

const outside = Object.values(networkInterfaces())
  .flat()
  .find(each => each?.family === 'IPv4' && !each.internal)?.address
testWhere(
  test,
  outside !== undefined,
  'no address but loopback',
)('it listens on loopback only', async () => {
  for (const port of ports) {
    assert.is(await answers('127.0.0.1', port), true)
    assert.is(await answers(outside ?? '', port), false)
  }
})

test('SIGTERM ends it at once, whoever is logged in', async () => {
  const client = new ssh2.Client()
  const [port = 0] = ports
  client.on('error', () => {})
  client.connect({ host: '127.0.0.1', port, username: 'weft', password: 'weft-lab-password' })
  await once(client, 'ready')
  client.shell(() => {})
  const gone = once(client, 'close')
  const asked = performance.now()
  lab.signal('SIGTERM')
  const { code } = await lab.ended
  await gone
  assert.is(code, 0)
  assert.ok(performance.now() - asked < 3000, `${performance.now() - asked} ms`)
})

async function answers(host: string, port: number): Promise<boolean> {
  const socket: Socket = connect(port, host)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

test.run()
