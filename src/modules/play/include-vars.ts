import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import * as z from 'zod'
import { FailureError } from '../../model/failure.ts'
import type { ActionContext, ActionModule } from '../../model/module.ts'
import { expressionOf, matches } from '../../model/timed-search.ts'
import { isMapping, type Variables } from '../../model/value.ts'
import { flag, number, text, texts } from '../argument.ts'

const Args = z
  .strictObject({
    file: text.optional().describe('A YAML or JSON file, looked up in vars/.'),
    dir: text.optional().describe('A folder; its files in order of name, later ones winning.'),
    name: text.optional().describe('Put all of it under this name.'),
    depth: number.optional().describe('How many folders deep; 0 means all of them.'),
    extensions: texts.optional().describe('Endings of the files to read; yaml, yml and json when not given.'),
    files_matching: text.optional().describe('Only files whose name matches.'),
    ignore_files: texts.optional(),
    ignore_unknown_extensions: flag.optional().describe('Pass over other files instead of failing.'),
  })
  .refine(args => (args.file === undefined) !== (args.dir === undefined), {
    message: 'file or dir is required, not both',
  })
type Args = z.infer<typeof Args>

/** Reads variables from files while the play runs. */
export const includeVars: ActionModule<Args> = {
  name: 'include_vars',
  summary: 'Reads variables from a file or folder while the play runs',
  args: Args,
  freeForm: 'file',
  changes: false,
  examples: [{ title: 'By platform', yaml: 'include_vars: "{{ platform }}.yml"' }],
  returns: { ansible_facts: 'the variables', ansible_included_var_files: 'the files' },
  async run(context, args) {
    const files = args.file === undefined ? filesIn(context, args) : [context.findFile('vars', args.file)]
    const all = Object.assign({}, ...files.map(file => read(context, file))) as Variables
    const variables = args.name === undefined ? all : { [args.name]: all }
    return {
      values: { ansible_facts: variables, ansible_included_var_files: files },
      effects: { includeVars: { variables, untrusted: context.untrustedIn(files) } },
    }
  },
}

function read(context: ActionContext, file: string): Variables {
  const value = context.parse(readFileSync(file, 'utf8'), file)
  if (value === null) return {}
  if (isMapping(value)) return value
  throw new FailureError({ code: 'invalid', message: `${file} must hold a mapping of variables.` })
}

function filesIn(context: ActionContext, args: Args): string[] {
  const folder = context.findFile('vars', args.dir as string)
  const extensions = (args.extensions ?? ['yaml', 'yml', 'json']).map(extension => extension.replace(/^\./, ''))
  const pattern = args.files_matching === undefined ? null : expressionOf(args.files_matching)
  const ignored = (args.ignore_files ?? []).map(source => expressionOf(source))
  return walk(folder, args.depth ?? 0).filter(file => {
    const name = file.slice(folder.length + 1)
    if (ignored.some(expression => matches(expression, name))) return false
    if (pattern && !matches(pattern, name)) return false
    if (extensions.includes(extname(file).slice(1))) return true
    if (args.ignore_unknown_extensions) return false
    const remedy = 'Set ignore_unknown_extensions, or name its extension in extensions.'
    throw new FailureError({
      code: 'failed',
      message: `${file} does not have a valid extension: ${extensions.join(', ')}`,
      remedy,
    })
  })
}

function walk(folder: string, depth: number, level = 1): string[] {
  const entries = readdirSync(folder).toSorted()
  return entries.flatMap(entry => {
    const path = join(folder, entry)
    if (!statSync(path).isDirectory()) return [path]
    return depth === 0 || level < depth ? walk(path, depth, level + 1) : []
  })
}
