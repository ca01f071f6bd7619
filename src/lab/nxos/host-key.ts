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
  const pair = ssh2.utils.generateKeyPairSync('ed25519')
  return { private: pair.private, public: pair.public.split(' ').slice(0, 2).join(' ') }
}

let shared: HostKey | undefined
