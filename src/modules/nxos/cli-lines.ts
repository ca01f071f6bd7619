import * as z from 'zod'

/**
 * Lines of a command line: a list, or a text whose lines they are. Unlike other lists a text is not cut at commas:
 * `vlan 10,20` is one line.
 */
export const cliLines = z.preprocess(
  value => (typeof value === 'string' ? value.split(/\r?\n/).filter(line => line.trim() !== '') : value),
  z.array(z.preprocess(value => (typeof value === 'number' ? String(value) : value), z.string())),
)
