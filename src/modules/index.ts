import type { Module, ModuleEntry } from '../model/module.ts'

/** Every module, in one table. A test holds it against the files in this folder. */
export const modules: readonly ModuleEntry[] = [
  entry(['apic_query'], async () => (await import('./apic/apic-query.ts')).apicQuery),
  entry(['apic_rest', 'cisco.aci.aci_rest', 'aci_rest'], async () => (await import('./apic/apic-rest.ts')).apicRest),
  entry(['apic_tree'], async () => (await import('./apic/apic-tree.ts')).apicTree),
  entry(['add_host'], async () => (await import('./play/add-host.ts')).addHost),
  entry(['assert'], async () => (await import('./play/assert.ts')).assert),
  entry(['command'], async () => (await import('./machine/command.ts')).command),
  entry(['copy'], async () => (await import('./machine/copy.ts')).copy),
  entry(['debug'], async () => (await import('./play/debug.ts')).debug),
  entry(['fail'], async () => (await import('./play/fail.ts')).fail),
  entry(['group_by'], async () => (await import('./play/group-by.ts')).groupBy),
  entry(['include_vars'], async () => (await import('./play/include-vars.ts')).includeVars),
  entry(
    ['k8s', 'kubernetes.core.k8s', 'community.kubernetes.k8s', 'k8s_raw'],
    async () => (await import('./kube/k8s.ts')).k8s,
  ),
  entry(
    ['k8s_info', 'kubernetes.core.k8s_info', 'community.kubernetes.k8s_info', 'k8s_facts'],
    async () => (await import('./kube/k8s-info.ts')).k8sInfo,
  ),
  entry(['meta'], async () => (await import('./play/meta.ts')).meta),
  entry(['pause'], async () => (await import('./play/pause.ts')).pause),
  entry(['set_fact'], async () => (await import('./play/set-fact.ts')).setFact),
  entry(['setup', 'gather_facts'], async () => (await import('./machine/setup.ts')).setup),
  entry(['shell'], async () => (await import('./machine/shell.ts')).shell),
  entry(['slurp'], async () => (await import('./machine/slurp.ts')).slurp),
  entry(['stat'], async () => (await import('./machine/stat.ts')).stat),
  entry(['template'], async () => (await import('./machine/template.ts')).template),
  entry(['uri'], async () => (await import('./machine/uri.ts')).uri),
  entry(['wait_for'], async () => (await import('./machine/wait-for.ts')).waitFor),
  entry(['nxos_command', 'cisco.nxos.nxos_command'], async () => (await import('./nxos/nxos-command.ts')).nxosCommand),
  entry(['nxos_config', 'cisco.nxos.nxos_config'], async () => (await import('./nxos/nxos-config.ts')).nxosConfig),
  entry(['nxos_facts', 'cisco.nxos.nxos_facts'], async () => (await import('./nxos/nxos-facts.ts')).nxosFacts),
]

/** All of them, loaded: for the reference and the schemas. */
export function allModules(): Promise<Module[]> {
  return Promise.all(modules.map(each => each.load()))
}

function entry(names: ModuleEntry['names'], read: () => Promise<Module>): ModuleEntry {
  let module: Module | undefined
  return {
    names,
    get module() {
      return module
    },
    async load() {
      module ??= await read()
      return module
    },
  }
}
