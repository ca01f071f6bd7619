import {
  atomic,
  intOrString,
  keyed,
  list,
  object,
  open,
  type Schema,
  setOf,
  text,
  textMap,
  withDefault,
} from '../schema.ts'

/** What server-side apply and strategic merge must know about the lists of pods; other fields pass unchecked. */
const named = ['name']
const port = open({ protocol: withDefault(text, 'TCP') })

const container = open({
  ports: keyed(port, ['containerPort', 'protocol'], 'containerPort'),
  env: keyed(open({ valueFrom: open() }), named),
  volumeMounts: keyed(open(), ['mountPath']),
  volumeDevices: keyed(open(), ['devicePath']),
})

export const labelSelector: Schema = atomic(
  object({
    matchLabels: textMap,
    matchExpressions: list(object({ 'key!': text, 'operator!': text, values: list(text) })),
  }),
)

export const metadata: Schema = open({
  labels: textMap,
  annotations: textMap,
  finalizers: setOf(text),
  ownerReferences: keyed(atomic(open()), ['uid']),
})

const podSpec = open({
  containers: keyed(container, named),
  initContainers: keyed(container, named),
  ephemeralContainers: keyed(container, named),
  volumes: keyed(open(), named),
  imagePullSecrets: keyed(open(), named),
  hostAliases: keyed(open(), ['ip']),
  schedulingGates: keyed(open(), named),
  topologySpreadConstraints: keyed(open({ labelSelector }), ['topologyKey', 'whenUnsatisfiable'], 'topologyKey'),
  nodeSelector: atomic(textMap),
})

const template = open({ metadata, spec: podSpec })

export const conditions = keyed(open(), ['type'])

export const podSchema = open({ metadata, spec: podSpec, status: open({ conditions, podIPs: keyed(open(), ['ip']) }) })

export const workloadSchema = open({
  metadata,
  spec: open({ selector: labelSelector, template, replicas: { type: 'integer' } }),
  status: open({ conditions }),
})

export const budgetSchema = open({
  metadata,
  spec: object({
    minAvailable: intOrString,
    maxUnavailable: intOrString,
    selector: labelSelector,
    unhealthyPodEvictionPolicy: text,
  }),
  status: open({ conditions }),
})
