import { homedir } from 'node:os'
import { join } from 'node:path'

/** What stands for the home of a user who has none: Debian's name for it. Nothing may be looked for in the working folder instead. */
const NO_HOME = '/nonexistent'

/** The user's home folder. Without HOME, in a container that runs as a user whom /etc/passwd does not know, there is none. */
export function homeFolder(): string {
  try {
    return homedir() || NO_HOME
  } catch {
    return NO_HOME
  }
}

/** A path with its leading ~/ spelled out. */
export function fromHome(path: string): string {
  return path.startsWith('~/') ? join(homeFolder(), path.slice(2)) : path
}
