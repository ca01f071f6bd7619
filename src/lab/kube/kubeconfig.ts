import { dump } from 'js-yaml'

interface Access {
  readonly name: string
  readonly server: string
  readonly ca: string
  readonly token: string
}

/** A kubeconfig (YAML) for one or several clusters, each with a context of its name; the first is current. */
export function kubeconfigOf(clusters: readonly Access[]): string {
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusters[0]?.name ?? '',
    clusters: clusters.map(({ name, server, ca }) => ({
      name,
      cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
    })),
    users: clusters.map(({ name, token }) => ({ name: `${name}-admin`, user: { token } })),
    contexts: clusters.map(({ name }) => ({ name, context: { cluster: name, user: `${name}-admin` } })),
  })
}
