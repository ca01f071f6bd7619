import { randomBytes } from 'node:crypto'
import { posix } from 'node:path'
import type { FailureError } from '../../model/failure.ts'
import { noFolder, notAccepted, notAFile, notWritten, refuseBadPath } from '../machine/complaint.ts'
import { type Placing, TEMPORARY } from '../machine/machine.ts'
import type { Said } from './channel.ts'
import { asPath, quoted, scriptLine } from './quote.ts'
import type { NodeSession } from './session.ts'

/**
 * $1 path, $2 its temporary name, $3 mode or '', $4 size in bytes, $5 backup or '', $6 the validating command or '', $7 the backup's
 * temporary name, $8 the folder. The content is standard input. noclobber makes the shell open with O_EXCL, which follows no link either;
 * a content that was cut off by the end of the connection has not its size, and is never renamed.
 */
const PLACE = `LC_ALL=C; export LC_ALL; p=$1 t=$2 m=$3
if [ -d "$p" ] || { [ -e "$p" ] && [ ! -f "$p" ] && [ ! -L "$p" ]; }; then exit 91; fi
[ -d "$8" ] || exit 92
k=; if [ -f "$p" ] && [ ! -L "$p" ]; then k=$(stat -c '%u:%g' -- "$p") || exit 93; [ -n "$m" ] || m=$(stat -c '%a' -- "$p") || exit 93; fi
o=$(umask); [ -z "$m" ] || umask 077
set -C; exec 3> "$t" || exit 94; set +C; umask "$o"
trap 'rm -f -- "$t"' EXIT; trap 'exit 98' HUP INT TERM
if [ -n "$k" ] && [ "$k" != "$(stat -c '%u:%g' -- "$t")" ]; then chown -- "$k" "$t" 2>/dev/null || case $m in [2-7]???) m=\${m#?};; esac; fi
[ -z "$m" ] || chmod -- "$m" "$t" || exit 94
cat >&3 || exit 95
[ "$(stat -c '%s' -- "$t")" = "$4" ] || exit 96
exec 3>&-; sync -- "$t" 2>/dev/null
if [ -n "$6" ]; then /bin/sh -c "$6" "$t" </dev/null || exit 97; fi
if [ -n "$5" ] && [ -n "$k" ]; then umask 077; { cp -p -- "$p" "$7" && mv -f -- "$7" "$5"; } || { rm -f -- "$7"; exit 94; }; fi
mv -f -- "$t" "$p" || exit 94`

const LINK = `LC_ALL=C; export LC_ALL; ln -s -- "$2" "$3" && { mv -f -- "$3" "$1" || { rm -f -- "$3"; false; }; }`
const REMOVE = `LC_ALL=C; export LC_ALL; if [ -e "$1" ] || [ -L "$1" ]; then rm -f -- "$1"; fi`
const FOLDER = `LC_ALL=C; export LC_ALL; p=$1 top=
while [ ! -d "$p" ]; do top=$p; case $p in */*) p=\${p%/*};; *) p=.;; esac; [ -n "$p" ] || p=/; done
[ -z "$top" ] || { mkdir -p -- "$1" && { [ -z "$2" ] || chmod -- "$2" "$1"; } && printf %s "$top"; }`
const REMOVE_FOLDER = `LC_ALL=C; export LC_ALL; rmdir -- "$1"`

const LIMITS = { seconds: 600, bytes: 1024 * 1024 }

export async function placeShell(
  session: NodeSession,
  { path, bytes, mode, backup, validate }: Placing,
): Promise<void> {
  refuseBadPath(path)
  const place = asPath(path)
  const parameters = [
    place,
    temporaryFor(place),
    mode === null ? '' : mode.toString(8).padStart(4, '0'),
    String(bytes.length),
    backup === undefined ? '' : asPath(backup),
    validate ? validation(validate) : '',
    temporaryFor(place),
    posix.dirname(place),
  ]
  const said = await session.act({ line: scriptLine(PLACE, parameters), stdin: bytes, limits: LIMITS })
  if (said.rc !== 0) throw complaintOf(path, said, validate)
}

/** Words for a shell in which $0 is the new content's file. */
function validation(words: readonly string[]): string {
  return words.map(word => word.split('%s').map(quoted).join('"$0"')).join(' ')
}

export async function linkShell(session: NodeSession, path: string, target: string): Promise<void> {
  await done(session, { path, script: LINK, more: [target, temporaryFor(asPath(path))] })
}

export async function removeShell(session: NodeSession, path: string): Promise<void> {
  await done(session, { path, script: REMOVE, more: [] })
}

/** The topmost folder that was made; null where all were there. */
export async function folderShell(session: NodeSession, path: string, mode: number | null): Promise<string | null> {
  const made = await done(session, {
    path: path.replace(/(?<=.)\/+$/, ''),
    script: FOLDER,
    more: [mode === null ? '' : mode.toString(8)],
  })
  return made === '' ? null : made
}

export async function removeFolderShell(session: NodeSession, path: string): Promise<void> {
  await done(session, { path, script: REMOVE_FOLDER, more: [] })
}

async function done(
  session: NodeSession,
  { path, script, more }: { path: string; script: string; more: readonly string[] },
): Promise<string> {
  refuseBadPath(path)
  const said = await session.act({ line: scriptLine(script, [asPath(path), ...more]), limits: LIMITS })
  if (said.rc !== 0) throw complaintOf(path, said, undefined)
  return said.stdout.toString('utf8')
}

function temporaryFor(path: string): string {
  return posix.join(posix.dirname(path), `${TEMPORARY}${randomBytes(12).toString('hex')}`)
}

function complaintOf(
  path: string,
  { rc, stdout, stderr }: Said,
  validate: readonly string[] | undefined,
): FailureError {
  const said = stderr.toString('utf8').trim()
  if (rc === 91) return notAFile(path)
  if (rc === 92) return noFolder(posix.dirname(path), path)
  if (rc === 97 && validate) return notAccepted(validate, `${stdout}\n${said}`.trim().slice(-2000))
  if (rc === 96 && said === '') return notWritten(path, { code: '', said: 'its content did not arrive whole' })
  const code = /No space left/i.test(said)
    ? 'ENOSPC'
    : /quota/i.test(said)
      ? 'EDQUOT'
      : /permission denied|not permitted/i.test(said)
        ? 'EACCES'
        : ''
  return notWritten(path, { code, said: code === 'EACCES' ? 'permission denied' : said.slice(-500) || `code ${rc}` })
}
