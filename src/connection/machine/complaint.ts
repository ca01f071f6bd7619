import { type Failure, FailureError } from '../../model/failure.ts'
import { LARGEST_FILE } from '../../model/machine.ts'

/** A file or folder could not be read: what is there is unknown, which is not the same as nothing. */
export function notRead(path: string, why: string, isDenied: boolean): FailureError {
  return new FailureError({
    code: isDenied ? 'denied' : 'failed',
    message: `${path} cannot be read: ${why}.`,
    remedy: 'Check the path and its permissions.',
  })
}

/** @param code what the system says: ENOSPC, EACCES, … */
export function notWritten(path: string, { code, said }: { code: string; said: string }): FailureError {
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return new FailureError({
    code: code === 'EACCES' || code === 'EPERM' ? 'denied' : 'failed',
    message: `${path} was not written: ${isFull ? 'the disk is full' : said}.`,
    aftermath: 'The file is as it was before.',
    remedy: isFull ? 'Free space there (df), then run again.' : 'Check the path and its permissions.',
  })
}

export function notAFile(path: string): FailureError {
  return new FailureError({
    code: 'failed',
    message: `${path} is not a regular file.`,
    aftermath: 'Nothing was changed there.',
    remedy: 'Name a file, or a folder with / at its end.',
  })
}

export function noFolder(folder: string, path: string): FailureError {
  return new FailureError({
    code: 'failed',
    message: `The folder ${folder} of ${path} does not exist.`,
    aftermath: 'Nothing was changed there.',
    remedy: 'Make the folder first.',
  })
}

export function tooLarge(path: string): FailureError {
  return new FailureError({
    code: 'failed',
    message: `${path} is larger than ${LARGEST_FILE / 1024 / 1024} MiB, which is the most that weft keeps of one file.`,
    remedy: 'Fetch large files with a command on the machine.',
  })
}

export function notAccepted(words: readonly string[], said: string): FailureError {
  return new FailureError({
    code: 'failed',
    message: `failed to validate: '${words.join(' ')}' does not accept the new content.`,
    ...(said === '' ? {} : { device: { said } }),
    aftermath: 'The file is as it was before.',
  })
}

export function stopped(): FailureError {
  return new FailureError({
    code: 'interrupted',
    message: 'Stopped by the user while it ran; whether it took effect is unknown.',
    remedy: 'Plan again to see where things stand.',
  })
}

export function overLimit(what: string, unit: string): Failure {
  return {
    code: 'failed',
    message: `The process was ended: ${what} ${unit}.`,
    aftermath: 'What it had done until then stays.',
    remedy: 'Write its output to a file, or start what takes that long as a service.',
  }
}

/** Paths are bytes without NUL. Throws FailureError invalid. */
export function refuseBadPath(path: string): void {
  if (path !== '' && !path.includes('\0')) return
  throw new FailureError({
    code: 'invalid',
    message: path === '' ? 'A path is empty.' : 'A path holds a NUL character.',
  })
}
