import type { Json } from './json.ts'
import { type FieldType, type MessageShape, readMessage } from './protobuf-read.ts'
import { refusal } from './status.ts'

/**
 * The typed commands of newer kubectls (`create namespace`, `create configmap`, `auth can-i`) post protocol buffers:
 * 'k8s\0' and a runtime.Unknown around the object. Numbers are those of the Kubernetes API's generated.proto files.
 */
export function readProtobufBody(bytes: Buffer): Json {
  const unknown = readMessage(bytes.subarray(4), {
    1: ['typeMeta', { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] }],
    2: ['raw', 'bytes'],
  })
  const { apiVersion = '', kind = '' } = (unknown.typeMeta ?? {}) as Record<string, string>
  const shape = SHAPES[kind]
  if (!shape) {
    const message = `the lab cannot read ${kind} in protocol buffers; send JSON (kubectl create -f, kubectl apply)`
    throw refusal({ code: 415, reason: 'UnsupportedMediaType', message })
  }
  const raw = Buffer.from(String(unknown.raw ?? ''), 'base64')
  return { apiVersion, kind, ...(readMessage(raw, { 1: ['metadata', METADATA], ...shape }) as Record<string, Json>) }
}

const METADATA: MessageShape = {
  1: ['name', 'text'],
  2: ['generateName', 'text'],
  3: ['namespace', 'text'],
  5: ['uid', 'text'],
  6: ['resourceVersion', 'text'],
  11: ['labels', 'textMap'],
  12: ['annotations', 'textMap'],
  14: ['finalizers', 'texts'],
}

const RULES: FieldType = [
  {
    1: ['verbs', 'texts'],
    2: ['apiGroups', 'texts'],
    3: ['resources', 'texts'],
    4: ['resourceNames', 'texts'],
    5: ['nonResourceURLs', 'texts'],
  },
]
const SUBJECTS: FieldType = [
  { 1: ['kind', 'text'], 2: ['apiGroup', 'text'], 3: ['name', 'text'], 4: ['namespace', 'text'] },
]
const ROLE: MessageShape = { 2: ['rules', RULES] }
const BINDING: MessageShape = {
  2: ['subjects', SUBJECTS],
  3: ['roleRef', { 1: ['apiGroup', 'text'], 2: ['kind', 'text'], 3: ['name', 'text'] }],
}

const ACCESS: MessageShape = {
  1: ['namespace', 'text'],
  2: ['verb', 'text'],
  3: ['group', 'text'],
  4: ['version', 'text'],
  5: ['resource', 'text'],
  6: ['subresource', 'text'],
  7: ['name', 'text'],
}

const SHAPES: Readonly<Record<string, MessageShape>> = {
  Namespace: {},
  ConfigMap: { 2: ['data', 'textMap'], 3: ['binaryData', 'bytesMap'], 4: ['immutable', 'flag'] },
  Secret: { 2: ['data', 'bytesMap'], 3: ['type', 'text'], 4: ['stringData', 'textMap'], 5: ['immutable', 'flag'] },
  ServiceAccount: { 4: ['automountServiceAccountToken', 'flag'] },
  Role: ROLE,
  ClusterRole: ROLE,
  RoleBinding: BINDING,
  ClusterRoleBinding: BINDING,
  SelfSubjectAccessReview: {
    2: [
      'spec',
      { 1: ['resourceAttributes', ACCESS], 2: ['nonResourceAttributes', { 1: ['path', 'text'], 2: ['verb', 'text'] }] },
    ],
  },
  SelfSubjectRulesReview: { 2: ['spec', { 1: ['namespace', 'text'] }] },
  SelfSubjectReview: {},
}
