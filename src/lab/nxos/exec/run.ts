import { isMismatch, type Mismatch, matchLine } from '../grammar/match.ts'
import { runPipes, splitPipes } from '../pipe.ts'
import type { ExecAnswer, ExecRequest } from './command.ts'
import { execCommands } from './table.ts'

/** Runs one exec command with its pipes, or says where it is wrong. */
export function runExec(request: Omit<ExecRequest, 'words'>, line: string): ExecAnswer | Mismatch {
  const { command, pipes } = splitPipes(line)
  const on = new Set(request.state.running.map(node => node.line).filter(text => text.startsWith('feature ')))
  const available = execCommands.filter(each => each.feature === undefined || on.has(`feature ${each.feature}`))
  const match = matchLine(command, available)
  if (isMismatch(match)) return match
  const answer = match.rule.run({ ...request, words: match.words })
  if (pipes.length === 0 || answer.ask) return answer
  const piped = runPipes(answer, pipes)
  if ('unknown' in piped) return { error: "% Invalid command at '^' marker.", column: piped.unknown, kind: 'invalid' }
  return { ...answer, text: piped.text }
}
