import { readFileSync } from 'node:fs'
import ssh2 from 'ssh2'

// A program: what ssh2 alone needs to log in to switches and read their configuration once. Plain JavaScript: no types to strip.
//   node test/bench/bare-ssh.js KNOWN_HOSTS CONCURRENCY PORT…
const [knownHosts = '', concurrency = '1', ...ports] = process.argv.slice(2)
const keys = new Map(
  readFileSync(knownHosts, 'utf8')
    .split('\n')
    .map(line => line.split(' '))
    .map(([name = '', , key = '']) => [name, key]),
)

function read(port) {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client()
    client.on('error', reject)
    client.on('ready', () =>
      client.exec('show running-config', (error, channel) => {
        if (error) return reject(error)
        let text = ''
        channel.on('data', data => {
          text += data.toString('utf8')
        })
        channel.on('exit', () => client.end())
        channel.on('close', () => resolve(text))
      }),
    )
    client.connect({
      host: '127.0.0.1',
      port,
      username: 'weft',
      password: process.env.WEFT_BENCH_PASSWORD ?? '',
      hostVerifier: key => key.toString('base64') === keys.get(`[127.0.0.1]:${port}`),
    })
    client.setNoDelay(true)
  })
}

const rest = ports.map(Number)
const work = async () => {
  for (let port = rest.shift(); port !== undefined; port = rest.shift()) {
    if (!(await read(port)).includes('router bgp')) throw new Error(`no configuration from port ${port}`)
  }
}
await Promise.all(Array.from({ length: Number(concurrency) }, work))
process.exit(0)
