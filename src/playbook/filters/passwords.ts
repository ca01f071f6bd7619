import { str } from '../python/text.ts'
import { argument, numberArgument, textArgument } from './argument.ts'
import { md5Crypt, randomSalt, shaCrypt } from './crypt.ts'
import type { Filter } from './filter.ts'

/** As many as passlib takes, which Ansible uses. */
const ROUNDS = { 5: 535_000, 6: 656_000 } as const
const MOST_ROUNDS = 5_000_000

function saltFrom(given: string, length: number): string {
  const salt = given === '' ? randomSalt(length) : given
  if (!/^[./\dA-Za-z]+$/.test(salt)) throw new Error('invalid characters in salt')
  return salt
}

/** A password as /etc/shadow holds it. Without a salt it is another one each time. */
const passwordHash: Filter = (of, call) => {
  const kind = textArgument(call, 0, 'hashtype', 'sha512').replace(/_crypt$/, '')
  const salt = textArgument(call, 1, 'salt')
  if (kind === 'md5') return md5Crypt(str(of), saltFrom(salt, 8))
  if (kind !== 'sha256' && kind !== 'sha512')
    throw new Error(`password_hash knows md5, sha256 and sha512, not "${kind}"`)
  const method = kind === 'sha256' ? 5 : 6
  const rounds = numberArgument(call, 3, 'rounds', ROUNDS[method])
  if (!(rounds >= 1000 && rounds <= MOST_ROUNDS)) throw new Error(`rounds must be from 1000 to ${MOST_ROUNDS}`)
  return shaCrypt(method, str(of), saltFrom(salt, 16), rounds)
}

/** A password as `username … password 5 …` takes it. */
const type5: Filter = (of, call) => {
  if (typeof of !== 'string') throw new Error('type5_pw password input should be a string')
  const salt = argument(call, 0, 'salt', null)
  if (salt !== null && str(salt).length > 4) throw new Error('the salt of a type 5 password has four letters')
  return md5Crypt(of, saltFrom(salt === null ? '' : str(salt), 4))
}

/** Filters on passwords. */
export const passwordFilters: Record<string, Filter> = { password_hash: passwordHash, type5_pw: type5 }
