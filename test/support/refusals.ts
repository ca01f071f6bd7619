import type { Test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Variables } from '../../src/model/value.ts'
import { closeAll } from './nxos.ts'
import { type OneLeaf, oneLeaf } from './one-leaf.ts'
import type { Ended } from './weft.ts'

/** Bad input: the files of a folder with a lab switch in its inventory, and what weft must say to them. */
export interface Refusal {
  readonly title: string
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** 'run site.yml' unless told. */
  readonly words?: readonly string[]
  /** More variables of the switch. */
  readonly variables?: Variables
  /** 4 (invalid input) unless told. */
  readonly exit?: number
  readonly says: readonly (string | RegExp)[]
  readonly hides?: string
}

const AT_A_TIME = 3

/** A test per refusal: exit code, message, and a switch that nobody logged in to. They are run a few at a time, as processes. */
export function testRefusals(test: Test, refusals: readonly Refusal[]): void {
  const ended = new Map<Refusal, Ended>()
  let leaf: OneLeaf
  test.before(async () => {
    leaf = await oneLeaf()
    const waiting = [...refusals]
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        ended.set(next, await leaf.weft(next.words ?? ['run', 'site.yml'], next.files, next.variables))
      }
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  })
  test.after(closeAll)
  for (const refusal of refusals) {
    test(refusal.title, () => {
      const { code, out, err } = ended.get(refusal) as Ended
      const text = out + err
      for (const words of refusal.says) assert.match(text, words)
      if (refusal.hides) assert.not.match(text, refusal.hides)
      assert.not.match(text, 'defect')
      assert.is(code, refusal.exit ?? 4, text)
      assert.is(leaf.lab.counters.logins, 0)
    })
  }
}
