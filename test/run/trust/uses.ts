import type { RunEvent } from '../../../src/model/event.ts'
import { literalText } from '../../../src/playbook/template/literal-text.ts'
import { templateOf } from './moves.ts'
import { isText } from './texts.ts'

export type HostResult = Extract<RunEvent, { event: 'host-result' }>

/** Where a value ends: the last of its tasks is told by a result, of which `isRight` says whether the text stayed a text. */
export interface Use {
  tasks(from: string): string
  isRight(result: HostResult, text: string): boolean
  /** That result's task. */
  readonly name: string
  readonly runOnly?: boolean
}

const t = templateOf

/** Refused because it is data; text that reads as a list is a value by itself, and that is no evaluation. */
const refused = (result: HostResult, text: string) =>
  result.failure?.code === 'unsafe' || typeof literalText(text) !== 'string'
const says = (result: HostResult, text: string) => isText(result.msg, text)
const holds = (result: HostResult) => result.failure === undefined && result.status !== 'skipped'

function use(name: string, tasks: (from: string) => string, isRight: Use['isRight'], runOnly = false): Use {
  return { name, tasks: from => tasks(from).replaceAll('NAME', name), isRight, runOnly }
}

export const uses: readonly Use[] = [
  use('msg of debug', from => `- { name: NAME, debug: { msg: ${t(from)} } }\n`, says),
  use(
    'text around it',
    from => `- { name: NAME, debug: { msg: "<{{ ${from.replaceAll('"', '\\"')} }}>" } }\n`,
    (result, text) => isText(result.msg, `<${text}>`),
  ),
  use('var of debug', from => `- { name: NAME, debug: { var: ${JSON.stringify(from)} } }\n`, says),
  use(
    'var of debug as a template',
    from => `- { name: NAME, debug: { var: ${t(from)} }, ignore_errors: true }\n`,
    refused,
  ),
  use('when', from => `- { name: NAME, debug: , when: ${t(from)}, ignore_errors: true }\n`, refused),
  use(
    'one of several conditions',
    from => `- { name: NAME, debug: , when: [true, ${t(from)}], ignore_errors: true }\n`,
    refused,
  ),
  use(
    'when of a block',
    from => `- { when: ${t(from)}, ignore_errors: true, block: [{ name: NAME, debug: }] }\n`,
    refused,
  ),
  use(
    'a condition through a variable',
    from => `- { name: NAME, debug: , vars: { c: ${t(from)} }, when: "{{ c }}", ignore_errors: true }\n`,
    refused,
  ),
  use(
    'when without braces',
    from => `- { name: NAME, debug: , when: ${JSON.stringify(`${from} is string or true`)} }\n`,
    holds,
  ),
  use('changed_when', from => `- { name: NAME, debug: , changed_when: ${t(from)}, ignore_errors: true }\n`, refused),
  use('failed_when', from => `- { name: NAME, debug: , failed_when: ${t(from)}, ignore_errors: true }\n`, refused),
  use(
    'until',
    from => `- { name: NAME, debug: , until: ${t(from)}, retries: 1, delay: 0, ignore_errors: true }\n`,
    refused,
  ),
  use(
    'a registered result judged',
    from =>
      `- { name: NAME, debug: { msg: ${t(from)} }, register: judged, failed_when: "{{ judged.msg }}", ignore_errors: true }\n`,
    refused,
  ),
  use(
    'a result judged that hides a written one',
    from =>
      `- { name: NAME, vars: { hid: "{{ 'w' }}" }, debug: { msg: ${t(from)} }, register: hid, failed_when: "{{ hid.msg }}", ignore_errors: true }\n`,
    refused,
  ),
  use(
    'that of assert',
    from => `- { name: NAME, assert: { that: ${t(from)} }, ignore_errors: true }\n`,
    (result, text) => result.failure?.code === 'unsafe' || typeof literalText(text) !== 'string',
  ),
  use(
    'that of assert in a list',
    from => `- { name: NAME, assert: { that: [true, ${t(from)}] }, ignore_errors: true }\n`,
    refused,
  ),
  use(
    'arguments of assert as a whole',
    from => `- { name: NAME, assert: ${t(`{'that': [${from}]}`)}, ignore_errors: true }\n`,
    refused,
  ),
  use(
    'the message of assert',
    from => `- { name: NAME, assert: { that: [false], fail_msg: ${t(from)} }, ignore_errors: true }\n`,
    says,
  ),
  use('the message of fail', from => `- { name: NAME, fail: { msg: ${t(from)} }, ignore_errors: true }\n`, says),
  use(
    'delegate_to',
    from => `- { name: NAME, debug: , delegate_to: ${t(from)} }\n`,
    (result, text) =>
      result.delegate === undefined || isText(result.delegate, text) || typeof literalText(text) !== 'string',
  ),
  use(
    'the name of a file to include',
    from => `- { name: NAME, include_tasks: ${t(from)}, ignore_errors: true }\n`,
    (result, text) => result.failure?.message.includes(text) === true || typeof literalText(text) !== 'string',
  ),
  use(
    'the label of a loop',
    from => `- { name: NAME, debug: , loop: [1], loop_control: { label: ${t(from)} } }\n`,
    (result, text) => isText(result.items?.[0]?.item, text),
  ),
  use(
    'the default of an argument',
    from => `- { module_defaults: { debug: { msg: ${t(from)} } }, block: [{ name: NAME, debug: {} }] }\n`,
    says,
  ),
  use(
    'a line of a device',
    from => `- { name: NAME, keep_line: { line: ${JSON.stringify(`x {{ ${from} }}`)} } }\n`,
    (result, text) => result.changes?.[0]?.lines[0] === `+x ${text}`,
  ),
  use(
    'the key of group_by',
    from =>
      `- group_by: { key: ${JSON.stringify(`g {{ ${from} }}`)} }\n- { name: NAME, debug: { msg: "{{ group_names | select('match', 'g-') | first }}" } }\n`,
    (result, text) => isText(result.msg, `g-${text}`.replaceAll(' ', '-')),
  ),
]
