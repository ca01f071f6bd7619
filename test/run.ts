import { parse } from 'uvu/parse'
import { run } from 'uvu/run'

/** `npm test [PATTERN]`: every *.test.ts below test/ in this process; PATTERN (a regular expression) picks files. */
const pattern = process.argv[2] ?? ''
const found = await parse('test', `${pattern}.*\\.test\\.ts$`)
await run(found.suites, { bail: false })
