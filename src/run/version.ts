import manifest from '../../package.json' with { type: 'json' }

/** weft's own version. */
export const VERSION: string = manifest.version
