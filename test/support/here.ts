import { openLinux } from '../../src/device/linux/open.ts'
import type { Device } from '../../src/model/device.ts'
import type { Kind } from '../../src/model/kind.ts'

/** The machine that the tests run on, as a run has it; other kinds are not there. */
export async function here(kind: Kind = 'linux'): Promise<Device<'linux'>> {
  if (kind !== 'linux') throw new Error('no device in this test')
  return openLinux({
    endpoint: { host: 'here', platform: 'local', address: 'local' },
    run: 'test',
    progress: () => {},
    signal: new AbortController().signal,
  })
}
