import { realpathSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import type { Guard } from '../../model/guard.ts'
import { isMapping, type Value } from '../../model/value.ts'

/**
 * A kubeconfig that lies in the repository may not name a program to log in with (exec, auth-provider), nor send the text of a file from
 * elsewhere as its token, unless the operator allows it. All its users count, not only the chosen one: which one kubectl would choose is
 * kubectl's affair. Links are followed: one that leads to the operator's own file is his.
 * @throws FailureError unsafe
 */
export function refuseForeignLogin(file: string, config: Record<string, unknown>, guard: Guard): void {
  if (guard.mayStart('kubeconfig') || !isBelowOne(file, guard.roots)) return
  const users = Array.isArray(config.users) ? config.users.filter(isMapping) : []
  for (const { name, user } of users) {
    if (!isMapping(user)) continue
    const what = objectionTo(user, file, guard)
    if (what !== null) throw refused(file, `its user ${String(name)} ${what}`)
  }
}

function objectionTo(user: { readonly [name: string]: Value | undefined }, file: string, guard: Guard): string | null {
  for (const [key, value] of Object.entries(user)) {
    const name = key.toLowerCase()
    if (name === 'exec' || name === 'auth-provider') return 'starts a program to log in'
    if (name === 'tokenfile' && !isBelowOne(resolve(dirname(file), String(value)), guard.roots))
      return 'sends the content of a file from outside of the repository'
  }
  return null
}

function refused(file: string, why: string): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: `The kubeconfig ${file} lies in the repository, and ${why}; a plan does not let it.`,
    remedy:
      'Use a kubeconfig of your own (KUBECONFIG, ~/.kube/config), or allow it in your own settings (docs/settings.md): allow_in_plan: [kubeconfig].',
  })
}

function isBelowOne(path: string, roots: readonly string[]): boolean {
  const real = realOf(path)
  return roots.some(root => real === root || real.startsWith(root.endsWith(sep) ? root : root + sep))
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}
