import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copy } from '../../src/modules/machine/copy.ts'
import { template } from '../../src/modules/machine/template.ts'
import { here } from '../support/here.ts'
import { type ContractLab, resourceContract } from './resource-contract.ts'

const folder = await mkdtemp(join(tmpdir(), 'weft-contract-'))

/** A folder of this machine that holds one file; the same one for every case, started anew. */
async function lab(): Promise<ContractLab<'linux'>> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  await writeFile(join(folder, 'frr.conf'), 'router bgp 65102\n', { mode: 0o640 })
  return { open: () => here(), state: files, close: () => rm(folder, { recursive: true, force: true }) }
}

async function files(): Promise<unknown> {
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async name => {
      const [text, { mode }] = await Promise.all([readFile(join(folder, name), 'utf8'), stat(join(folder, name))])
      return { name, text, mode }
    }),
  )
}

const at = (name: string) => join(folder, name)
const cases = [
  { title: 'a new file', given: { content: 'hello\n' }, dest: at('new.conf') },
  { title: 'an existing file', given: { content: 'router bgp 65103\n' }, dest: at('frr.conf') },
  {
    title: 'only the mode differs',
    given: { content: 'router bgp 65102\n', mode: '0600' },
    dest: at('frr.conf'),
  },
]

await resourceContract(copy, {
  lab,
  cases: cases.map(({ title, given, dest }) => ({ title, args: { ...given, dest } })),
})

// What the file src holds is filled in by `resolve`; the contract hands it over as if that was done.
const rendered = (text: string) => ({ ...template, observe: observeWith(text) })
function observeWith(text: string): typeof template.observe {
  return (read, args) => template.observe(read, { ...args, rendered: { name: args.src, text } })
}

await resourceContract(rendered('neighbor 192.0.2.1\n'), {
  lab,
  cases: [{ title: 'a rendered file', args: { src: 'a.j2', dest: at('frr.conf') } }],
})
