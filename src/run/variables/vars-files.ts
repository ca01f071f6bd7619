import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { didYouMeanFile } from '../../inventory/near-file.ts'
import { readYamlFile } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import type { Play } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import { type Layer, layered, type Scope, written } from '../../model/scope.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import type { Run } from '../state.ts'
import { fileLayer } from './file-layer.ts'
import { rememberSecrets } from './secrets.ts'
import { untrustedIn } from './trusted-file.ts'
import { playVariables } from './variables.ts'

/**
 * A play's own variables: vars, defaults of vars_prompt (weft asks nothing), vars_files in order (of a list of candidates the first
 * that exists), vars of its roles. Throws FailureError (invalid) for a file that is missing or no mapping.
 */
export function ownPlayVariables(run: Run, play: Play): Scope {
  let known = layered([written(play.vars), written(promptDefaults(play))])
  const templar = run.templarFor(play.folders)
  for (const [index, entry] of play.varsFiles.entries()) {
    const candidates = Array.isArray(entry) ? entry : [entry]
    const names = candidates.map(name => String(templar.render(name as Value, playVariables(run, known))))
    const read = readFirst(run, { play, index, names })
    // Before anything else that it brings along can be quoted.
    rememberSecrets(run.mask, read.values)
    known = layered([known, read])
  }
  return layered([known, written(play.roleVars ?? {})])
}

function readFirst(run: Run, { play, index, names }: { play: Play; index: number; names: readonly string[] }): Layer {
  const paths = names.flatMap(name =>
    play.folders.flatMap(folder => [resolve(folder, name), resolve(folder, 'vars', name)]),
  )
  const path = paths.find(candidate => existsSync(candidate))
  const at = positionOf(play.source, ['vars_files', index])
  if (!path) {
    throw new FailureError({
      code: 'invalid',
      message: `The vars_files entry ${names.join(' or ')} was not found.${didYouMeanFile(...paths)}`,
      at,
      remedy: `Looked for: ${paths.join(', ')}`,
    })
  }
  const value = readYamlFile(path)[0]?.value ?? {}
  if (isMapping(value))
    return fileLayer(run, { variables: value, untrusted: untrustedIn([path], run.trust, play.folders) })
  throw new FailureError({ code: 'invalid', message: `${path} must hold a mapping of variables.`, at })
}

function promptDefaults(play: Play): Variables {
  const prompts = Array.isArray(play.varsPrompt) ? play.varsPrompt.filter(isMapping) : []
  return Object.fromEntries(prompts.map(prompt => [String(prompt.name), prompt.default ?? 'None']))
}
