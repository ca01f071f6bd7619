import { spawn } from 'node:child_process'
import { type AddressInfo, connect } from 'node:net'
import ssh2 from 'ssh2'
import { endpointOf } from '../../src/connection/endpoint.ts'
import { openLinux } from '../../src/device/linux/open.ts'
import { ed25519KeyPair } from '../../src/lab/nxos/host-key.ts'
import type { Device } from '../../src/model/device.ts'
import type { Endpoint } from '../../src/model/host.ts'
import type { Variables } from '../../src/model/value.ts'
import { knownHostsFile, PASSWORD, USER } from './nxos.ts'

export interface TestNode {
  readonly port: number
  readonly endpoint: Endpoint
  readonly seen: { logins: number; commands: string[]; signals: string[] }
  /** Asked before each command; 'lose' ends the connection after so many bytes of standard input. */
  trouble: ((command: string) => { lose: number } | null) | null
  open(variables?: Variables): Promise<Device<'linux'>>
  close(): Promise<void>
}

/** A node: an SSH server on loopback that runs what it is told with this machine's shell, as sshd does. It has no SFTP. */
export async function startNode(): Promise<TestNode> {
  const key = ed25519KeyPair(ssh2)
  const seen: TestNode['seen'] = { logins: 0, commands: [], signals: [] }
  const clients = new Set<ssh2.Connection>()
  const devices: Device[] = []
  const server = new ssh2.Server({ hostKeys: [key.private] }, client => {
    clients.add(client)
    client.on('error', () => {})
    client.on('close', () => clients.delete(client))
    client.on('authentication', context =>
      context.method === 'password' && context.username === USER && context.password === PASSWORD
        ? context.accept()
        : context.reject(['password']),
    )
    client.on('ready', () => {
      seen.logins++
      client.on('session', accept => serve(accept(), client, node))
      client.on('tcpip', (accept, reject, { destIP, destPort }) => {
        const socket = connect(destPort, destIP)
        socket.once('connect', () => {
          const channel = accept()
          socket.pipe(channel).pipe(socket)
          channel.on('error', () => socket.destroy())
        })
        let answered = false
        socket.once('connect', () => {
          answered = true
        })
        socket.on('error', () => {
          if (!answered) reject()
        })
      })
    })
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', () => ready()))
  const { port } = server.address() as AddressInfo
  const knownHosts = await knownHostsFile(`[127.0.0.1]:${port} ${key.public}\n`)
  const endpointWith = (variables: Variables = {}) => {
    const reach = { ansible_host: '127.0.0.1', ansible_port: port, ansible_user: USER, ansible_password: PASSWORD }
    const known = { weft_known_hosts: knownHosts, weft_agent: false, weft_timeout: 10 }
    return endpointOf('node-1', { ...reach, ...known, ...variables }, 'linux')
  }
  const node: TestNode = {
    port,
    endpoint: endpointWith(),
    seen,
    trouble: null,
    async open(variables) {
      const signal = new AbortController().signal
      const device = await openLinux({ endpoint: endpointWith(variables), run: 'test', progress: () => {}, signal })
      devices.push(device)
      return device
    },
    async close() {
      for (const device of devices) await device.release()
      for (const client of clients) client.end()
      await new Promise<void>(done => server.close(() => done()))
    },
  }
  return node
}

function serve(session: ssh2.Session, client: ssh2.Connection, node: TestNode): void {
  let pid: number | undefined
  session.on('signal', (accept, _reject, { name }) => {
    node.seen.signals.push(name)
    accept?.()
    try {
      if (pid !== undefined) process.kill(-pid, `SIG${name}` as NodeJS.Signals)
    } catch {}
  })
  session.on('exec', (accept, _reject, { command }) => {
    node.seen.commands.push(command)
    const trouble = node.trouble?.(command) ?? null
    const channel = accept()
    const child = spawn('/bin/sh', ['-c', command], { detached: true })
    pid = child.pid
    let taken = 0
    channel.on('data', (data: Buffer) => {
      if (trouble && taken >= trouble.lose) return
      child.stdin.write(data)
      taken += data.length
      if (!trouble || taken < trouble.lose) return
      child.stdin.end()
      client.end()
    })
    if (trouble?.lose === 0) client.end()
    channel.on('end', () => child.stdin.end())
    channel.on('close', () => child.stdin.end())
    child.stdin.on('error', () => {})
    channel.on('error', () => {})
    child.stdout.on('data', data => channel.write(data))
    child.stderr.on('data', data => channel.stderr.write(data))
    child.on('close', (code, signal) => {
      try {
        if (code === null) channel.exit(String(signal).replace('SIG', ''), false, '')
        else channel.exit(code)
        channel.end()
      } catch {}
    })
  })
}
