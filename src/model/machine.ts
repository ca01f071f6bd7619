/** A file or folder as it is; sizes in bytes, times in seconds since 1970, the mode as permission bits only (0o644). */
export interface FileStat {
  readonly type: 'file' | 'folder' | 'link' | 'fifo' | 'other'
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly inode: number
  readonly links: number
  readonly modified: number
  readonly accessed: number
  readonly changed: number
  /** What a link leads to, as it is written. */
  readonly target?: string
}

/** What a machine says of itself; null where it does not know. */
export interface MachineFacts {
  /** 'Linux', as `uname -s` has it. */
  readonly system: string
  readonly release: string
  readonly architecture: string
  readonly name: string
  readonly user: string
  readonly processors: number | null
  readonly memoryMegabytes: number | null
  /** '3.12.4'. */
  readonly python: string | null
}

/** A question to a TCP port, asked from the machine. */
export interface PortQuestion {
  readonly address: string
  readonly port: number
  /** Seconds for the whole question. */
  readonly seconds: number
  /** Judges what the port has said so far; without it an open port is enough. */
  readonly enough?: (said: string) => boolean
}

/** A question to a web server, or with another method than GET, HEAD and OPTIONS a change there. */
export interface WebRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly redirects: boolean
  readonly seconds: number
}

export interface WebAnswer {
  readonly status: number
  readonly reason: string
  readonly url: string
  readonly redirected: boolean
  readonly headers: Readonly<Record<string, string>>
  readonly content: string
}

/**
 * The reading side of a machine: the one that weft runs on, or a node over SSH. It has no way to write and starts nothing of the
 * repository's. All throw FailureError (unreachable, denied, timeout, failed); what is not there is null.
 */
export interface MachineRead {
  /** 'local', or the address. */
  readonly name: string
  /** Whether it is the machine that weft runs on. */
  readonly local: boolean
  /** Links are followed where `follow` is true. */
  stat(path: string, options?: { readonly follow?: boolean }): Promise<FileStat | null>
  /** Links are followed. Files of more than 16 MiB are refused. */
  readFile(path: string): Promise<Buffer | null>
  /** Names in a folder, sorted; null where there is none. */
  list(path: string): Promise<readonly string[] | null>
  /** Those of the variables of the environment that are set. */
  environment(names: readonly string[]): Promise<Readonly<Record<string, string>>>
  facts(): Promise<MachineFacts>
  /** What a port said, '' for one that is open; null where it is closed, or has not said enough. */
  probe(question: PortQuestion): Promise<string | null>
  /** Asks a web server. Throws FailureError unsafe for a method that may change something. */
  ask(request: WebRequest): Promise<WebAnswer>
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
  /** The program is not there: nothing was started. */
  readonly missing?: boolean
}

/**
 * The value of a file that is kept. Text stays text, so that secrets in it are seen by the mask; other bytes are base64, which survives
 * JSON. null mode = as umask has it.
 */
export interface FileState {
  readonly content: string
  readonly encoding?: 'base64'
  readonly mode: number | null
  /** It is a link to this, as it is written; `content` is empty. */
  readonly link?: string
}

/** What can be done on a machine. Files are placed whole, by a rename within their folder, with their final rights from the start. */
export type MachineCommand =
  | { readonly run: ProcessStart }
  | {
      readonly place: string
      readonly file: FileState
      /** Where the old content is kept, with the old file's own rights. */
      readonly backup?: string
      /** A program that must accept the new content first; %s in its words stands for the file that holds it. */
      readonly validate?: readonly string[]
    }
  | { readonly remove: string }
  /** Made with those above it; one that is there is left alone. */
  | { readonly folder: string; readonly mode: number | null }
  | { readonly request: WebRequest }

/** The largest file that is read or kept, in bytes. */
export const LARGEST_FILE = 16 * 1024 * 1024

/** The bytes of a file's value. */
export function bytesOf({ content, encoding }: Pick<FileState, 'content' | 'encoding'>): Buffer {
  return Buffer.from(content, encoding ?? 'utf8')
}

/** Bytes as a value keeps them: text where they are clean UTF-8. */
export function contentOf(bytes: Buffer): Pick<FileState, 'content' | 'encoding'> {
  const text = bytes.toString('utf8')
  const isText = !bytes.includes(0) && Buffer.from(text).equals(bytes)
  return isText ? { content: text } : { content: bytes.toString('base64'), encoding: 'base64' }
}

const ASKING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a request only asks (RFC 9110, 9.2.1: safe methods). */
export function isQuestion({ method }: Pick<WebRequest, 'method'>): boolean {
  return ASKING.has(method.toUpperCase())
}
