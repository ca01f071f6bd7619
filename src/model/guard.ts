/** What a repository may have started or handed out although the operator has not asked for it; docs/settings.md has the list. */
export interface Guard {
  /** Real paths of the folders whose content the repository decides. */
  readonly roots: readonly string[]
  mayStart(what: 'kubeconfig' | 'kustomize'): boolean
}
