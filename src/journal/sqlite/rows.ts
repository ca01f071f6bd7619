import type { SQLOutputValue } from 'node:sqlite'
import type { ProcessIdentity } from '../process.ts'

export type Row = Readonly<Record<string, SQLOutputValue>>

export const text = (row: Row, name: string): string => String(row[name])
export const number = (row: Row, name: string): number => Number(row[name])
export const orNull = <T>(row: Row, name: string, read: (row: Row, name: string) => T): T | null =>
  row[name] === null ? null : read(row, name)
export const json = <T>(row: Row, name: string): T => JSON.parse(text(row, name)) as T

/** A field that is only there when it has a value. */
export function optional<N extends string, T>(name: N, value: T | null): { readonly [K in N]?: T } {
  return (value === null ? {} : { [name]: value }) as { [K in N]?: T }
}

export function processOf(row: Row): ProcessIdentity {
  return { host: text(row, 'host'), pid: number(row, 'pid'), mark: orNull(row, 'mark', text) }
}
