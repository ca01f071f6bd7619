import type { Config } from '../config/node.ts'

/** Every VRF of the switch: default, management and what is configured, in the order of `show vrf`. */
export function vrfNames(config: Config): string[] {
  const configured = config.flatMap(node => /^vrf context (\S+)$/.exec(node.line)?.[1] ?? [])
  return [...new Set(['default', 'management', ...configured])].sort()
}
