import { readFileSync, writeFileSync } from 'node:fs'

// Preloaded into the process that is measured (--import): writes its peak memory in KiB when it ends. Not resourceUsage().maxRSS, which
// a process takes over from the one that forked it.
process.on('exit', () => {
  const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  writeFileSync(process.env.WEFT_BENCH_PEAK ?? '/dev/null', peak ?? '')
})
