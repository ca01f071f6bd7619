import type { Effect } from './effect.ts'
import { changeAt } from './node.ts'

/** `route-target both 1:1` is kept as two lines; `both auto` stays. */
export const routeTarget: Effect = ({ words }) => {
  const [keyword = '', direction, target = '', ...rest] = words
  if (direction !== 'both' || target === 'auto') return {}
  return { instead: ['import', 'export'].map(each => [keyword, each, target, ...rest]) }
}

/** `send-community both` is kept as two lines, `standard` is the bare form. */
export const sendCommunity: Effect = ({ words, negated }) => {
  const kind = words[1]
  if (kind === 'both' || (negated && kind === undefined))
    return { instead: [['send-community'], ['send-community', 'extended']] }
  return kind === 'standard' ? { words: ['send-community'] } : {}
}

/** One route-map or prefix-list for each direction. */
export const direction: Effect = ({ config, path, words, negated }) => {
  if (negated) return {}
  const [kind, name, way] = words
  const other = new RegExp(`^${kind} (?!${escapeRegExp(name ?? '')} )\\S+ ${way}$`)
  return { config: changeAt(config, path, children => children.filter(node => !other.test(node.line))) }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
