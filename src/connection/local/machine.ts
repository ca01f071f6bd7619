import type { Machine } from '../machine/machine.ts'
import { folderLocal, linkLocal, placeLocal, removeFolderLocal, removeLocal } from './place.ts'
import { runLocal } from './process.ts'
import { localRead } from './read.ts'
import { sendRequest } from './request.ts'

/** The machine that weft runs on. */
export function localMachine(signal: AbortSignal): Machine {
  return {
    read: localRead(signal),
    run: start => runLocal(start, { signal }),
    place: placing => placeLocal(placing, command => runLocal({ command }, { signal })),
    link: linkLocal,
    remove: removeLocal,
    folder: folderLocal,
    removeFolder: removeFolderLocal,
    request: request => sendRequest(request, signal),
    close: async () => {},
  }
}
