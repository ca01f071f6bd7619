import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { weft } from '../../support/weft.ts'

test('modules are listed with their summaries', async () => {
  const { code, out } = await weft(['modules'])
  assert.is(code, 0)
  assert.match(out, /^nxos_config +\S/m)
  assert.match(out, /^k8s_info +\S/m)
})

test('a module answers to its Ansible name and shows arguments and examples', async () => {
  const { code, out } = await weft(['modules', 'cisco.nxos.nxos_config'])
  assert.is(code, 0)
  assert.match(out, /^nxos_config: /)
  assert.match(out, /Arguments:\n[\s\S]* parents +/)
  assert.match(out, /Examples:\n {2}# /)
})

test('an unknown module suggests the near one', async () => {
  const { code, err } = await weft(['modules', 'nxos_confg'])
  assert.is(code, 4)
  assert.match(err, "Did you mean 'nxos_config'?")
})

test('--json gives the schema of the arguments', async () => {
  const { out } = await weft(['modules', 'debug', '--json'])
  const module = JSON.parse(out)
  assert.is(module.name, 'debug')
  assert.ok(module.arguments.properties.msg)
})

test.run()
