import { ansibleRows } from './ansible-rows.ts'
import { apicRows } from './apic-rows.ts'
import { kubeRows } from './kube-rows.ts'
import { memoryRows } from './memory-rows.ts'
import type { Row } from './row.ts'
import { startRows } from './start-rows.ts'
import { switchRows } from './switch-rows.ts'
import { tableOf } from './table.ts'
import { templateRows } from './template-rows.ts'

// npm run bench [-- --quick] [-- FAMILY…]: measures and prints a table. Time never makes it fail; work that goes wrong does.
const families: Readonly<Record<string, () => Promise<Row[]>>> = {
  start: startRows,
  switches: switchRows,
  apic: apicRows,
  kube: kubeRows,
  memory: memoryRows,
  templates: templateRows,
  ansible: ansibleRows,
}
const slow = ['memory', 'ansible']

const words = process.argv.slice(2)
const asked = words.filter(word => !word.startsWith('-'))
const isWanted = (name: string) =>
  asked.length > 0 ? asked.includes(name) : !(words.includes('--quick') && slow.includes(name))
const rows: Row[] = []
for (const [name, measured] of Object.entries(families)) {
  if (!isWanted(name)) continue
  process.stderr.write(`measuring ${name} …\n`)
  const found = await measured()
  rows.push(...found)
  for (const { what, measured: figure } of found) process.stderr.write(`  ${what}: ${figure}\n`)
}
console.log(tableOf(rows))
