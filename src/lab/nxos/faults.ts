/** What a switch is told to do wrong. All off by default; may change while sessions are open. */
export interface Faults {
  /** Every login is refused. */
  readonly refuseAuth?: boolean
  /** The session ends behind the banner, before the first prompt. */
  readonly closeAfterBanner?: boolean
  /** There is no channel for one command, only the shell. */
  readonly noExec?: boolean
  /** A command on a channel of its own ends without an exit status. */
  readonly noExitStatus?: boolean
  /** The connection ends with the first command that has a channel of its own. */
  readonly closeAfterExec?: boolean
  /** How many sessions there may be; one more gets NX-OS's text and is closed. 32 when left out. */
  readonly sessionLimit?: number
  /** The output of a command that `pattern` fits stops after so many bytes and never goes on. */
  readonly hang?: { readonly pattern: string; readonly afterBytes: number }
  /** Output leaves in pieces of so many bytes. */
  readonly chunkBytes?: number
  /** A log message of the console breaks into the output of commands that `pattern` fits. */
  readonly syslog?: { readonly pattern: string; readonly text?: string }
  /** Milliseconds that each command takes, one after the other (unlike latency, which overlaps). */
  readonly slowMs?: number
  /** Lines (as typed) that the switch refuses, with its words. */
  readonly reject?: readonly { readonly pattern: string; readonly text: string }[]
  /** `checkpoint` is refused, with these words or NX-OS's. */
  readonly refuseCheckpoint?: boolean | string
  /** `rollback` fails in its verification and leaves the configuration as it is. */
  readonly rollbackFails?: boolean | string
  /** The connection drops when so many commands have been taken since the login. */
  readonly disconnectAfterCommands?: number
  /** `copy running-config startup-config` fails, with these words or NX-OS's. */
  readonly copyFails?: boolean | string
  /** `copy running-config startup-config` takes so many milliseconds; a session that ends meanwhile has not saved. */
  readonly saveMs?: number
  /** `checkpoint` answers these words and makes none. */
  readonly checkpointSays?: string
  /** `no checkpoint` is refused, with these words. */
  readonly keepCheckpoint?: string
  /**
   * The connection drops once, at the first command that `pattern` fits, or at the command of that number of a shell: before it is
   * taken, or when it is and not yet answered.
   */
  readonly drop?: { readonly pattern?: string; readonly number?: number; readonly taken: boolean }
  /** New connections are closed before SSH begins. */
  readonly closed?: boolean
  /** A connection beyond `sessionLimit` is closed before SSH begins, without a word. */
  readonly closeAtLimit?: boolean
  /** Behind the login, nothing that is asked for is answered. */
  readonly mute?: boolean
  /** The output of a command that `pattern` fits begins, and goes on without end. */
  readonly endless?: { readonly pattern: string }
  /** The output of a command that `pattern` fits is this, and a letter more every few milliseconds for ever. */
  readonly drip?: { readonly pattern: string; readonly everyMs: number }
  /** The server renews its keys in the middle of the output of a command that `pattern` fits. */
  readonly rekey?: { readonly pattern: string }
  /** So many lines more in the running-config (an access list). */
  readonly extraLines?: number
}

/** The words for a fault that may bring its own. */
export function faultText(fault: boolean | string, usual: string): string {
  return typeof fault === 'string' ? fault : usual
}

/** Whether a fault's regular expression fits a command. */
export function faultFits(pattern: string, command: string): boolean {
  return new RegExp(pattern).test(command)
}

/** The first refusal that fits a line. */
export function rejection(faults: Faults, line: string): string | null {
  return faults.reject?.find(reject => faultFits(reject.pattern, line))?.text ?? null
}
