import type { Module } from '../../src/model/module.ts'
import { inventorySchema, playbookSchema } from '../../src/playbook/read/schema.ts'

/** The JSON Schemas that editors complete playbooks and inventories with. */
export function playbookSchemas(modules: readonly Module[]): Record<string, string> {
  return {
    'schema/playbook.json': `${JSON.stringify(playbookSchema(modules), null, 2)}\n`,
    'schema/inventory.json': `${JSON.stringify(inventorySchema(), null, 2)}\n`,
  }
}
