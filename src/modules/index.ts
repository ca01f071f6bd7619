import type { Module } from '../model/module.ts'

/** Every module, in one table. A test holds it against the files in this folder. */
export const modules: readonly Module[] = []
