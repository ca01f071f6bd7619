import type { KubeObject } from '../../model/kube.ts'

/** A small web server behind an external address with externalTrafficPolicy Local: its /32 comes from the nodes that run it. */
export function demoWorkload(external: string): KubeObject[] {
  const labels = { app: 'guestbook' }
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'guestbook', namespace: 'default' },
      spec: {
        replicas: 3,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'example.org/guestbook:1' }] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'guestbook', namespace: 'default' },
      spec: {
        type: 'LoadBalancer',
        selector: labels,
        externalIPs: [external],
        externalTrafficPolicy: 'Local',
        ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      },
    },
  ]
}
