import { bannerText } from '../banner.ts'
import { command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'

export const accountCommands: readonly ExecCommand[] = [
  command('show banner motd', ({ state }) => ({ text: `${bannerText(state.running)}\n` })),
  command('show user-account [<name>]', showAccounts),
]

function showAccounts({ state, words }: ExecRequest): ExecAnswer {
  const wanted = words[2]
  const names = state.running.flatMap(node => /^username (\S+) /.exec(node.line)?.[1] ?? [])
  const rows = [...new Set(names)]
    .filter(name => wanted === undefined || name === wanted)
    .map(name => ({ usr_name: name, expire_date: 'this user account has no expiry date', TABLE_role: roles(name) }))
  const text = rows.map(
    row =>
      `user:${row.usr_name}\n        ${row.expire_date}\n        roles:${row.TABLE_role.ROW_role.map(each => each.role).join(' ')} \n`,
  )
  return { text: text.join(''), data: { TABLE_template: { ROW_template: rows } } }

  function roles(name: string) {
    const lines = state.running.filter(node => node.line.startsWith(`username ${name} `)).map(node => node.line)
    const found = lines.flatMap(line => [...line.matchAll(/ role (\S+)/g)].map(match => match[1] ?? ''))
    return { ROW_role: [...new Set(found)].map(role => ({ role })) }
  }
}
