import type { Module } from '../model/module.ts'
import { apicQuery } from './apic-query.ts'
import { apicRest } from './apic-rest.ts'
import { apicTree } from './apic-tree.ts'

/** Every module, in one table. A test holds it against the files in this folder. */
export const modules: readonly Module[] = [apicQuery, apicRest, apicTree]
