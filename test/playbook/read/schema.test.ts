import { test } from 'uvu'
import * as assert from 'uvu/assert'
import * as z from 'zod'
import type { ActionModule } from '../../../src/model/module.ts'
import { inventorySchema, playbookSchema } from '../../../src/playbook/read/schema.ts'

const say: ActionModule<{ msg: string }> = {
  name: 'say',
  aliases: ['some.where.say'],
  summary: 'Says it',
  args: z.strictObject({ msg: z.string(), times: z.number().optional() }) as never,
  freeForm: 'msg',
  changes: false,
  examples: [],
  run: async () => ({}),
}

test('a module stands in the schema under its name, its aliases and ansible.builtin', () => {
  const schema = playbookSchema([say]) as {
    $defs: { task: { properties: Record<string, { $ref?: string }> } } & Record<string, object>
  }
  for (const name of ['say', 'some.where.say', 'ansible.builtin.say'])
    assert.is(schema.$defs.task.properties[name]?.$ref, '#/$defs/module.say')
  const [args] = (schema.$defs['module.say'] as { anyOf: [{ required: string[]; properties: object }] }).anyOf
  assert.equal(args.required, ['msg'])
  assert.equal(Object.keys(args.properties), ['msg', 'times'])
})

test('the schemas are JSON and close what is closed', () => {
  const schema = JSON.parse(JSON.stringify(playbookSchema([say])))
  assert.is(schema.$defs.play.additionalProperties, false)
  assert.equal(schema.$defs.play.required, ['hosts'])
  assert.ok(JSON.stringify(inventorySchema()).includes('children'))
})

test.run()
