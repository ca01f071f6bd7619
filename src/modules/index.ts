import type { Module } from '../model/module.ts'
import { addHost } from './add-host.ts'
import { apicQuery } from './apic-query.ts'
import { apicRest } from './apic-rest.ts'
import { apicTree } from './apic-tree.ts'
import { assert } from './assert.ts'
import { command } from './command.ts'
import { copy } from './copy.ts'
import { debug } from './debug.ts'
import { fail } from './fail.ts'
import { groupBy } from './group-by.ts'
import { includeVars } from './include-vars.ts'
import { k8s } from './k8s.ts'
import { k8sInfo } from './k8s-info.ts'
import { meta } from './meta.ts'
import { nxosCommand } from './nxos-command.ts'
import { nxosConfig } from './nxos-config.ts'
import { nxosFacts } from './nxos-facts.ts'
import { pause } from './pause.ts'
import { setFact } from './set-fact.ts'
import { setup } from './setup.ts'
import { shell } from './shell.ts'
import { slurp } from './slurp.ts'
import { stat } from './stat.ts'
import { template } from './template.ts'
import { uri } from './uri.ts'
import { waitFor } from './wait-for.ts'

/** Every module, in one table. A test holds it against the files in this folder. */
export const modules: readonly Module[] = [
  apicQuery,
  apicRest,
  apicTree,
  addHost,
  assert,
  command,
  copy,
  debug,
  fail,
  groupBy,
  includeVars,
  k8s,
  k8sInfo,
  meta,
  pause,
  setFact,
  setup,
  shell,
  slurp,
  stat,
  template,
  uri,
  waitFor,
  nxosCommand,
  nxosConfig,
  nxosFacts,
]
