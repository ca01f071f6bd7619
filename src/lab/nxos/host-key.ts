/** A host key: the private half as text, the public half as known_hosts has it. */
export interface HostKey {
  readonly private: string
  readonly public: string
}

/** One key for all switches of a process that bring none: a thousand switches need not make a thousand keys. */
export function sharedHostKey(ssh2: typeof import('ssh2')): HostKey {
  shared ??= makeHostKey(ssh2)
  return shared
}

/** A new ed25519 key. */
export function makeHostKey(ssh2: typeof import('ssh2')): HostKey {
  const pair = ed25519KeyPair(ssh2)
  return { private: pair.private, public: pair.public.split(' ').slice(0, 2).join(' ') }
}

/**
 * A new ed25519 pair that ssh2 itself can read. One in 256 that it makes cannot be: a key that starts with a zero byte is written a
 * byte short ("Malformed OpenSSH private key").
 */
export function ed25519KeyPair(
  ssh2: typeof import('ssh2'),
  options?: { readonly passphrase: string; readonly cipher: string; readonly rounds: number },
): ReturnType<typeof ssh2.utils.generateKeyPairSync> {
  for (let tries = 0; tries < 8; tries++) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519', options ?? {})
    if (!(ssh2.utils.parseKey(pair.private, options?.passphrase) instanceof Error)) return pair
  }
  throw new Error('ssh2 made eight keys in a row that it cannot read')
}

let shared: HostKey | undefined
