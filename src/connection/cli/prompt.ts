/** A prompt of NX-OS: `leaf1# ` is mode 'exec', `leaf1(config-router-vrf)# ` is mode 'config-router-vrf'. */
export interface Prompt {
  readonly host: string
  readonly mode: string
}

// Names have up to 63 characters; a mode has up to 32 and may follow another: `leaf1(maint-mode)(config)# `.
const ANY_HOST = /^([\w.:@/+-]{1,63}?)((?:\([\w.+ /-]{1,40}\))*)(-tcl)?[#>] /

/**
 * Reads the prompt at the start of a line; null where there is none. `rest` is what follows it: the echo of a command sent ahead.
 * @param hosts the names that count; empty = any.
 */
export function readPrompt(line: string, hosts: readonly string[]): { prompt: Prompt; rest: string } | null {
  // Asked for every line of an output: the expression is for the few that may be one.
  if (!line.includes('# ') && !line.includes('> ')) return null
  const found = ANY_HOST.exec(line)
  if (!found?.[1] || (hosts.length > 0 && !hosts.includes(found[1]))) return null
  return { prompt: { host: found[1], mode: modeOf(found[2] ?? '') }, rest: line.slice(found[0].length) }
}

/** True for a mode of configuration; false for exec. */
export function isConfigMode(mode: string): boolean {
  return mode.startsWith('config') || mode.startsWith('conf-')
}

function modeOf(words: string): string {
  return words.split(/[()]+/).filter(Boolean).at(-1)?.replace('maint-mode', 'exec') ?? 'exec'
}
