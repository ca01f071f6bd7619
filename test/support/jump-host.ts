import { type AddressInfo, connect } from 'node:net'
import ssh2 from 'ssh2'
import { ed25519KeyPair } from '../../src/lab/nxos/host-key.ts'
import { PASSWORD, USER } from './nxos.ts'

export interface JumpHost {
  readonly port: number
  readonly hostKey: string
  /** How often somebody logged in, and how many connections went through. */
  readonly seen: { logins: number; forwards: number; open: number }
  close(): Promise<void>
}

/** An SSH server that does nothing but forward TCP connections, for a password or a key. */
export async function startJumpHost({ authorizedKey }: { authorizedKey?: string } = {}): Promise<JumpHost> {
  const key = ed25519KeyPair(ssh2)
  const seen = { logins: 0, forwards: 0, open: 0 }
  const clients = new Set<ssh2.Connection>()
  const server = new ssh2.Server({ hostKeys: [key.private] }, client => {
    clients.add(client)
    client.on('authentication', context =>
      mayEnter(context, authorizedKey) ? context.accept() : context.reject(['publickey', 'password']),
    )
    client.on('ready', () => {
      seen.logins++
      seen.open++
      client.on('tcpip', (accept, _reject, { destIP, destPort }) => {
        seen.forwards++
        const socket = connect(destPort, destIP)
        const channel = accept()
        socket.pipe(channel).pipe(socket)
        socket.on('error', () => channel.destroy())
        channel.on('error', () => socket.destroy())
      })
      client.on('close', () => seen.open--)
    })
    client.on('error', () => {})
    client.on('close', () => clients.delete(client))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: key.public.trim(),
    seen,
    close: async () => {
      for (const client of clients) client.end()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** Good enough for a test: a client that shows the key also has it. */
function mayEnter(context: ssh2.AuthContext, authorizedKey: string | undefined): boolean {
  if (context.username !== USER) return false
  if (context.method === 'password') return context.password === PASSWORD
  if (context.method !== 'publickey' || authorizedKey === undefined) return false
  const key = ssh2.utils.parseKey(authorizedKey)
  return !(key instanceof Error) && key.getPublicSSH().equals(context.key.data)
}
