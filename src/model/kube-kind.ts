import type { KubeRef } from './kube.ts'

/** The group of an apiVersion; '' for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

/** Kinds of Kubernetes itself that no namespace holds; all other kinds of its groups live in one. */
const BUILT_IN = new Set(
  `Namespace Node PersistentVolume ComponentStatus ClusterRole ClusterRoleBinding CustomResourceDefinition APIService StorageClass
  CSIDriver CSINode VolumeAttachment VolumeAttributesClass IngressClass PriorityClass RuntimeClass FlowSchema PriorityLevelConfiguration
  MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
  MutatingAdmissionPolicy MutatingAdmissionPolicyBinding CertificateSigningRequest ClusterTrustBundle DeviceClass ResourceSlice
  ServiceCIDR IPAddress TokenReview SubjectAccessReview SelfSubjectAccessReview`.split(/\s+/),
)

/** Kinds of the CNIs' groups that a namespace holds; all others of theirs are cluster-wide (as of Calico 3.30 and Cilium 1.18). */
const IN_NAMESPACE = new Set(
  `NetworkPolicy NetworkSet StagedNetworkPolicy StagedKubernetesNetworkPolicy CiliumNetworkPolicy CiliumEndpoint CiliumLocalRedirectPolicy
  CiliumEnvoyConfig CiliumNodeConfig CiliumGatewayClassConfig`.split(/\s+/),
)

/** The groups of Kubernetes itself: 'apps', 'rbac.authorization.k8s.io', and the core group, ''. */
const OF_KUBERNETES =
  /^(|apps|batch|autoscaling|policy|events\.k8s\.io|(admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$/
const OF_A_CNI = /^((crd|operator)\.)?(projectcalico\.org|tigera\.io)$|^cilium\.io$/

/** Whether a namespace holds objects of a kind; undefined where only the cluster can tell. */
export function isNamespaced({ apiVersion, kind }: Pick<KubeRef, 'apiVersion' | 'kind'>): boolean | undefined {
  const group = groupOf(apiVersion)
  if (OF_KUBERNETES.test(group)) return !BUILT_IN.has(kind)
  return OF_A_CNI.test(group) ? IN_NAMESPACE.has(kind) : undefined
}

/** True only where it is known. */
export function isClusterWide(ref: Pick<KubeRef, 'apiVersion' | 'kind'>): boolean {
  return isNamespaced(ref) === false
}
