/** A file or folder as it is; sizes in bytes, times in seconds since 1970, the mode as permission bits only (0o644). */
export interface FileStat {
  readonly type: 'file' | 'folder' | 'link' | 'other'
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly modified: number
  /** What a link leads to, as it is written. */
  readonly target?: string
}

/**
 * The reading side of a machine: the one that weft runs on, or a node over SSH. It has no way to write and starts nothing of the
 * repository's. All throw FailureError (unreachable, denied, timeout); what is not there is null.
 */
export interface MachineRead {
  /** 'local', or the address. */
  readonly name: string
  /** Whether it is the machine that weft runs on. */
  readonly local: boolean
  /** Links are followed where `follow` is true. */
  stat(path: string, options?: { readonly follow?: boolean }): Promise<FileStat | null>
  readFile(path: string): Promise<Buffer | null>
  /** Names in a folder, sorted; null where there is none. */
  list(path: string): Promise<readonly string[] | null>
  /** The first of these programs' paths along PATH; null where none is there. */
  which(program: string): Promise<string | null>
}

/** A process to start. `command` as a list is started without a shell. */
export interface ProcessStart {
  readonly command: readonly string[] | string
  /** The shell for a text; default /bin/sh. */
  readonly shell?: string
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly stdin?: string
}

export interface ProcessEnd {
  readonly rc: number
  readonly stdout: string
  readonly stderr: string
}

/** The value of a file that is kept: its content as base64 (bytes survive JSON), its mode; null mode = as it is or as umask has it. */
export interface FileState {
  readonly content: string
  readonly mode: number | null
}

/** What can be done on a machine. Files are placed whole, by a rename within their folder, with their final rights from the start. */
export type MachineCommand =
  | { readonly run: ProcessStart }
  | { readonly place: string; readonly file: FileState; readonly backup?: boolean; readonly validate?: string }
  | { readonly remove: string }
  | { readonly folder: string; readonly mode: number | null }
