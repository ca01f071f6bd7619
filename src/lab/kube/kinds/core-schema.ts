import {
  atomic,
  flag,
  integer,
  intOrString,
  keyed,
  list,
  object,
  open,
  type Schema,
  setOf,
  text,
  textMap,
  texts,
  withDefault,
} from '../schema.ts'
import { conditions, metadata } from './workload-schema.ts'

/** Schemas of the core kinds that clients apply; closed ones let fieldValidation=Strict find misspelled fields. */
const typed = { apiVersion: text, kind: text, metadata }

const servicePort = object({
  name: text,
  'port!': integer,
  targetPort: intOrString,
  nodePort: integer,
  protocol: withDefault(text, 'TCP'),
  appProtocol: text,
})

export const serviceSchema: Schema = object({
  ...typed,
  spec: object({
    ports: keyed(servicePort, ['port', 'protocol'], 'port'),
    selector: atomic(textMap),
    type: text,
    clusterIP: text,
    clusterIPs: list(text),
    externalIPs: list(text),
    externalName: text,
    externalTrafficPolicy: text,
    internalTrafficPolicy: text,
    ipFamilies: list(text),
    ipFamilyPolicy: text,
    loadBalancerIP: text,
    loadBalancerClass: text,
    loadBalancerSourceRanges: list(text),
    allocateLoadBalancerNodePorts: flag,
    healthCheckNodePort: integer,
    publishNotReadyAddresses: flag,
    sessionAffinity: text,
    sessionAffinityConfig: open(),
    trafficDistribution: text,
  }),
  status: open({ conditions }),
})

export const nodeSchema: Schema = open({
  metadata,
  spec: object({
    podCIDR: text,
    podCIDRs: setOf(text),
    providerID: text,
    unschedulable: flag,
    taints: list(open()),
    configSource: open(),
    externalID: text,
  }),
  status: open({ conditions }),
})

export const namespaceSchema: Schema = object({
  ...typed,
  spec: object({ finalizers: list(text) }),
  status: open({ conditions }),
})

export const secretSchema: Schema = object({
  ...typed,
  data: textMap,
  stringData: textMap,
  type: text,
  immutable: flag,
})
export const configMapSchema: Schema = object({ ...typed, data: textMap, binaryData: textMap, immutable: flag })

export const accountSchema: Schema = object({
  ...typed,
  secrets: keyed(open(), ['name']),
  imagePullSecrets: list(open()),
  automountServiceAccountToken: flag,
})

const rule = object({ apiGroups: texts, resources: texts, resourceNames: texts, verbs: texts, nonResourceURLs: texts })
const subject = object({ 'kind!': text, apiGroup: text, 'name!': text, namespace: text })

export const roleSchema: Schema = object({ ...typed, rules: list(rule), aggregationRule: open() })
export const bindingSchema: Schema = object({
  ...typed,
  subjects: list(subject),
  roleRef: atomic(object({ 'apiGroup!': text, 'kind!': text, 'name!': text })),
})

export const plainSchema: Schema = open({ metadata })
export const crdSchema: Schema = open({
  metadata,
  spec: open({ versions: list(open()), names: open() }),
  status: open({ conditions }),
})
