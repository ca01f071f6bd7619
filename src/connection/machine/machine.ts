import type { MachineRead, ProcessEnd, ProcessStart, WebAnswer, WebRequest } from '../../model/machine.ts'

/** A file as it is to be placed. */
export interface Placing {
  readonly path: string
  readonly bytes: Buffer
  /** null = as the old file has it, or as umask has it. */
  readonly mode: number | null
  readonly backup?: string
  readonly validate?: readonly string[]
}

/** A machine that can be read and written: the one that weft runs on, or a node over SSH. Only devices have one. */
export interface Machine {
  readonly read: MachineRead
  /** Throws FailureError interrupted, failed (too much output, too late), unreachable. A program's own end is an answer. */
  run(start: ProcessStart): Promise<ProcessEnd>
  /** The file is as wanted afterwards, or as it was. */
  place(placing: Placing): Promise<void>
  link(path: string, target: string): Promise<void>
  /** A file or link; what is not there is removed already. */
  remove(path: string): Promise<void>
  /** Makes a folder and those above it; gives back the topmost that it made, null where all were there. */
  folder(path: string, mode: number | null): Promise<string | null>
  /** An empty folder that this run has made. */
  removeFolder(path: string): Promise<void>
  request(request: WebRequest): Promise<WebAnswer>
  close(): Promise<void>
}

/** What one process may use. */
export interface Limits {
  readonly seconds: number
  /** Of each of its two outputs. */
  readonly bytes: number
}

/** Long enough for an upgrade, short enough that a forgotten prompt ends some day; output beyond this is no answer but a download. */
export const PROCESS_LIMITS: Limits = { seconds: 4 * 3600, bytes: 32 * 1024 * 1024 }

/** A temporary file's name cannot be guessed, and begins with a dot: what reads a folder's files leaves it out. */
export const TEMPORARY = '.weft-'
