import { visibleJson } from '../model/visible.ts'
import type { Reporter, ReportOptions } from './reporter.ts'

/** `--output json`: one RunEvent a line; docs/reference/events.md is its schema. */
export function jsonReport({ write }: Pick<ReportOptions, 'write'>): Reporter {
  return {
    emit: event => write(`${visibleJson(JSON.stringify(event))}\n`),
    end: async () => {},
  }
}
