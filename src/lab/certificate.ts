import { isIP } from 'node:net'

export interface Certificate {
  /** PEM of the authority, for clients to trust. */
  readonly ca: string
  /** PEM of the server's certificate, signed by `ca`. */
  readonly cert: string
  /** PEM of the server's private key. */
  readonly key: string
}

/**
 * Makes an authority and a server certificate for DNS names and IP addresses; both live in memory for a day of lab.
 * The first name becomes the common name. P-256, because an RSA key would cost a second at every start.
 */
export async function makeCertificate(names: readonly string[]): Promise<Certificate> {
  const { generate } = await import('selfsigned')
  const common = { keyType: 'ec', algorithm: 'sha256', ...validity() } as const
  const authority = await generate([{ name: 'commonName', value: 'weft lab authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const server = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(alternative) },
    ],
  })
  return { ca: authority.cert, cert: server.cert, key: server.private }
}

/** From an hour ago, because the clocks of a container and its host differ, to a month ahead. */
function validity(): { notBeforeDate: Date; notAfterDate: Date } {
  const hour = 3_600_000
  return { notBeforeDate: new Date(Date.now() - hour), notAfterDate: new Date(Date.now() + 30 * 24 * hour) }
}

function alternative(name: string): { type: 2; value: string } | { type: 7; ip: string } {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name }
}
