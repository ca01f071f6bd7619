import { createInterface } from 'node:readline'
import { leafConfig } from '../../src/lab/estate/leaf-config.ts'
import { startSwitch } from '../../src/lab/nxos/switch.ts'

// A program: starts lab switches, prints how to reach them, and answers each line of its input with their counters.
//   node test/bench/switches.ts COUNT LATENCY_MS
const [count = 1, latencyMs = 0] = process.argv.slice(2).map(Number)
const password = process.env.WEFT_BENCH_PASSWORD ?? ''
const switches = await Promise.all(
  Array.from({ length: count }, (_, index) => {
    // The numbers make addresses: not above 164. That they repeat matters to nobody here.
    const leaf = { name: `leaf-${index + 1}`, number: 101 + (index % 60), vpcDomain: 1 + (index % 30) }
    return startSwitch({ name: leaf.name, config: leafConfig(leaf), users: { weft: password }, latencyMs })
  }),
)
const say = (what: unknown) => console.log(JSON.stringify(what))
say({ ports: switches.map(each => each.port), hostKey: switches[0]?.hostKey })
for await (const _ of createInterface({ input: process.stdin })) say(switches.map(each => each.counters))
process.exit(0)
