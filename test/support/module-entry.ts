import type { Module, ModuleEntry } from '../../src/model/module.ts'

/** A module of a test as an entry of the table. */
export function entryOf(module: Module): ModuleEntry {
  return { names: [module.name, ...(module.aliases ?? [])], module, load: async () => module }
}
