import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import { type PlanDocument, SavedPlan } from '../../model/plan.ts'
import { digestOf } from '../../run/plan/canonical.ts'

/** Writes a plan for `weft run --plan`: whole or not at all, and for nobody else to read. */
export function savePlan(file: string, plan: PlanDocument, folder: string): void {
  const path = resolve(folder, file)
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(beside, `${JSON.stringify({ ...plan, seal: digestOf(plan) }, null, 1)}\n`, {
      flag: 'wx',
      mode: 0o600,
    })
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw new FailureError(
      { code: 'failed', message: `The plan could not be saved to ${file}: ${(error as Error).message}.` },
      error,
    )
  }
}

/** Reads a saved plan. Throws FailureError (invalid) for what is none, or was changed since. */
export function readPlan(file: string, folder: string): PlanDocument {
  let text: string
  try {
    text = readFileSync(resolve(folder, file), 'utf8')
  } catch (error) {
    throw invalid(`The plan ${file} cannot be read: ${(error as Error).message}.`)
  }
  const parsed = SavedPlan.safeParse(jsonOf(text))
  if (!parsed.success) throw invalid(`${file} is not a plan that this version of weft can read.`)
  const { seal, ...plan } = parsed.data
  const { made: _, by: __, salt: ___, digest, ...body } = plan
  if (digestOf(body) !== digest || digestOf(plan) !== seal)
    throw invalid(`The plan ${file} was changed after it was saved: its digest does not match.`)
  return plan
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function invalid(message: string): FailureError {
  return new FailureError({ code: 'invalid', message, remedy: 'Make a new one: weft plan PLAYBOOK --save FILE.' })
}
