import { randomUUID } from 'node:crypto'
import type { JsonMap } from './json.ts'

/** Reviews answer and are not stored: kubectl auth can-i, kubectl auth whoami. */
const REVIEWS: readonly { group: string; plural: string; kind: string }[] = [
  { group: 'authorization.k8s.io', plural: 'selfsubjectaccessreviews', kind: 'SelfSubjectAccessReview' },
  { group: 'authorization.k8s.io', plural: 'selfsubjectrulesreviews', kind: 'SelfSubjectRulesReview' },
  { group: 'authorization.k8s.io', plural: 'subjectaccessreviews', kind: 'SubjectAccessReview' },
  { group: 'authentication.k8s.io', plural: 'selfsubjectreviews', kind: 'SelfSubjectReview' },
]

export function reviewResources(group: string, version: string): JsonMap[] {
  return REVIEWS.filter(review => review.group === group && version === 'v1').map(review => ({
    name: review.plural,
    singularName: review.kind.toLowerCase(),
    namespaced: false,
    kind: review.kind,
    verbs: ['create'],
  }))
}

/** The answer to a posted review, undefined for another resource. The lab's token may do everything. */
export function answerReview(group: string, plural: string, body: JsonMap): JsonMap | undefined {
  const review = REVIEWS.find(known => known.group === group && known.plural === plural)
  if (!review) return undefined
  const status: Record<string, JsonMap> = {
    SelfSubjectAccessReview: { allowed: true, reason: 'the lab allows everything' },
    SubjectAccessReview: { allowed: true, reason: 'the lab allows everything' },
    SelfSubjectRulesReview: {
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      nonResourceRules: [],
      incomplete: false,
    },
    SelfSubjectReview: {
      userInfo: { username: 'lab-admin', uid: randomUUID(), groups: ['system:masters', 'system:authenticated'] },
    },
  }
  return { ...body, kind: review.kind, apiVersion: `${group}/v1`, status: status[review.kind] ?? {} }
}
