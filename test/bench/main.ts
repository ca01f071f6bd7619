import type { Row } from './row.ts'
import { switchRows } from './switch-rows.ts'
import { tableOf } from './table.ts'

// npm run bench [-- --quick] [FAMILY…]: measures and prints a table. Time never makes it fail; work that goes wrong does.
const families: Readonly<Record<string, () => Promise<Row[]>>> = {
  switches: switchRows,
}
const slow = ['memory', 'ansible']
const words = process.argv.slice(2)
const asked = words.filter(word => !word.startsWith('-'))
const chosen = Object.keys(families).filter(name =>
  asked.length > 0 ? asked.includes(name) : !(words.includes('--quick') && slow.includes(name)),
)
const rows: Row[] = []
for (const name of chosen) {
  process.stderr.write(`measuring ${name} …\n`)
  rows.push(...(await (families[name] as () => Promise<Row[]>)()))
}
console.log(tableOf(rows))
