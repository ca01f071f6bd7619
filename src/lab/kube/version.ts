import type { JsonMap } from './json.ts'

/** The answer to GET /version for a release such as '1.32.4'. */
export function versionDocument(release: string): JsonMap {
  const [major = '1', minor = '32'] = release.split('.')
  return {
    major,
    minor,
    gitVersion: `v${release}`,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '2025-01-01T00:00:00Z',
    goVersion: 'go1.23.6',
    compiler: 'gc',
    platform: 'linux/amd64',
  }
}
