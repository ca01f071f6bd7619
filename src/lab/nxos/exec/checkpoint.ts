import { printConfig } from '../config/print.ts'
import { faultText } from '../faults.ts'
import { type Checkpoint, type SwitchState, setRunning } from '../state.ts'
import { after, command, type ExecAnswer, type ExecCommand, type ExecRequest } from './command.ts'

/** NX-OS keeps no more of them than this. */
const most = 10

export const checkpointCommands: readonly ExecCommand[] = [
  command('checkpoint [<name>] [description <text>]', create),
  command('no checkpoint <name>', remove),
  command('clear checkpoint database [user|system]', clear),
  command('show checkpoint summary [user|system]', summary),
  command('show checkpoint [<name>]', show),
  command('show diff rollback-patch running-config checkpoint <name>', diff),
  command('show diff rollback-patch checkpoint <name> running-config', diff),
  command('rollback running-config checkpoint <name> [atomic|best-effort|stop-at-first-failure] [verbose]', rollback),
  command('rollback running-config file <word> [atomic|best-effort|stop-at-first-failure] [verbose]', rollbackToFile),
]

function create({ state, user, words }: ExecRequest): ExecAnswer {
  const fault = state.faults.refuseCheckpoint
  if (fault) {
    return {
      text: `${faultText(fault, 'ERROR: ascii-cfg: FCOE is enabled. Disabling rollback module (err_id 0x405F0053)')}\n`,
    }
  }
  if (state.faults.checkpointSays !== undefined) return { text: `${state.faults.checkpointSays}\n` }
  const given = words[1] === 'description' ? undefined : words[1]
  const name = given ?? nextName(state)
  if (state.checkpoints.has(name))
    return { text: 'ERROR: ascii-cfg: Checkpoint name already exists (err_id 0x405F0009)\n' }
  if (state.checkpoints.size >= most) {
    return { text: `ERROR: ascii-cfg: Maximum number of user checkpoints (${most}) reached (err_id 0x405F000A)\n` }
  }
  const description = after(words, 'description') ?? 'None'
  state.checkpoints.set(name, { name, config: state.running, by: user, at: new Date(), description })
  state.note(`checkpoint ${name}`)
  return { text: given === undefined ? `${name} created Successfully\nDone\n` : 'Done\n' }
}

function nextName(state: SwitchState): string {
  let number = 1
  while (state.checkpoints.has(`user-checkpoint-${number}`)) number++
  return `user-checkpoint-${number}`
}

function remove({ state, words }: ExecRequest): ExecAnswer {
  const name = words[2] ?? ''
  if (state.faults.keepCheckpoint !== undefined) return { text: `${state.faults.keepCheckpoint}\n` }
  if (!state.checkpoints.delete(name)) return unknown(name)
  state.note(`no checkpoint ${name}`)
  return { text: 'Done\n' }
}

function unknown(name: string): ExecAnswer {
  return { text: `ERROR: ascii-cfg: Checkpoint ${name} does not exist (err_id 0x405F0008)\n` }
}

function clear({ state }: ExecRequest): ExecAnswer {
  state.checkpoints.clear()
  return { text: 'Done\n' }
}

function summary({ state }: ExecRequest): ExecAnswer {
  const blocks = [...state.checkpoints.values()].map((checkpoint, index) => summarise(checkpoint, index + 1))
  return { text: blocks.length === 0 ? '' : `${blocks.join('\n')}\n` }
}

function summarise(checkpoint: Checkpoint, number: number): string {
  const size = printConfig(checkpoint.config).length.toLocaleString('en-US')
  const [day = '', month = '', date = '', time = '', year = ''] = clockWords(checkpoint.at)
  return `${number}) ${checkpoint.name}:
Created by ${checkpoint.by}
Created at ${day}, ${time} ${date} ${month} ${year}
Size is ${size} bytes
User Checkpoint Summary
-----------------------------------------------------
Description: ${checkpoint.description}
`
}

function clockWords(at: Date): string[] {
  const [weekday = '', date = '', month = '', year = '', time = ''] = at.toUTCString().replace(',', '').split(' ')
  return [weekday, month, date, time, year]
}

function show({ state, words }: ExecRequest): ExecAnswer {
  const wanted = words[2]
  if (wanted !== undefined && !state.checkpoints.has(wanted)) return unknown(wanted)
  const shown = [...state.checkpoints.values()].filter(({ name }) => wanted === undefined || name === wanted)
  const line = '-'.repeat(80)
  return {
    text: shown
      .map(({ name, config }) => `${line}\nName: ${name}\n\n!Command: Checkpoint cmd vdc 1\n${printConfig(config)}\n`)
      .join(''),
  }
}

function diff({ state, words }: ExecRequest): ExecAnswer {
  const name = after(words, 'checkpoint') ?? ''
  const checkpoint = state.checkpoints.get(name)
  if (!checkpoint) return unknown(name)
  const steps = 'Collecting Running-Config\nGenerating Rollback Patch\n'
  if (checkpoint.config === state.running) return { text: `${steps}Rollback Patch is Empty\n` }
  return { text: `${steps}\n!!\n${printConfig(checkpoint.config)}\n` }
}

function rollback({ state, words }: ExecRequest): ExecAnswer {
  const name = words[3] ?? ''
  const checkpoint = state.checkpoints.get(name)
  if (!checkpoint) return unknown(name)
  const fault = state.faults.rollbackFails
  const start = 'Note: Applying config parallelly may fail Rollback verification\nCollecting Running-Config\n'
  if (fault) {
    const steps =
      '#Generating Rollback Patch\nExecuting Rollback Patch\n..Generating Running-config for verification\nGenerating Patch for verification\n'
    return {
      text: `${start}${steps}${faultText(fault, 'Verification failed, Rolling back to previous configuration')}\n`,
    }
  }
  state.note(`rollback to ${name}`)
  if (checkpoint.config === state.running) return { text: `${start}Rollback Patch is Empty\n` }
  setRunning(state, checkpoint.config)
  const steps =
    'Generating Rollback Patch\nExecuting Rollback Patch\nGenerating Running-config for verification\nGenerating Patch for verification\n'
  return { text: `${start}#${steps}Verification is Successful.\n\nRollback completed successfully.\n` }
}

function rollbackToFile(): ExecAnswer {
  return {
    text: `
ADVISORY: Rollback operation started...
Modifying running configuration from another VSH terminal in parallel
is not recommended, as this may lead to Rollback failure.

ERROR: Rollback patch computation failed due to the following reason(s)
The checkpoint file was not created using checkpoint CLI
`,
  }
}
