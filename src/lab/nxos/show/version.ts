import { parts } from '../duration.ts'
import { command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { features } from '../grammar/system-rules.ts'
import { hostname } from '../state.ts'
import { versionHeader, versionText } from './version-text.ts'

export const versionCommands: readonly ExecCommand[] = [
  command('show version', showVersion),
  command('show inventory [all]', showInventory),
  command('show module', showModule),
  command('show hostname', ({ state }) => ({ text: `${hostname(state)} \n`, data: { hostname: hostname(state) } })),
  command('show switchname', ({ state }) => ({ text: `${hostname(state)}\n`, data: { hostname: hostname(state) } })),
  command('show feature', showFeature),
  command('show clock', showClock),
  command('show users', showUsers),
  command('show privilege', showPrivilege),
  command('show terminal', ({ terminal }) => ({
    text: `TTY: /dev/pts/0 Type: "vt100"\nLength: ${terminal.length} lines, Width: ${terminal.width} columns\nSession Timeout: 30 minutes\n`,
  })),
]

function showVersion({ state }: ExecRequest): ExecAnswer {
  const up = parts(state.booted)
  const image = `bootflash:///nxos64-cs.${state.version.replaceAll(/[()]/g, '.').replace(/\.$/, '')}.bin`
  const about = { ...state, host: hostname(state), image, up }
  const data = {
    header_str: versionHeader,
    bios_ver_str: '',
    kickstart_ver_str: state.version,
    nxos_ver_str: state.version,
    bios_cmpl_time: '',
    kick_file_name: image,
    nxos_file_name: image,
    kick_cmpl_time: '4/28/2024 21:00:00',
    nxos_cmpl_time: '4/28/2024 21:00:00',
    chassis_id: `Nexus9000 ${state.model} Chassis`,
    cpu_name: 'Intel Core Processor (Skylake, IBRS)',
    memory: 6096816,
    mem_type: 'kB',
    proc_board_id: state.serial,
    host_name: hostname(state),
    bootflash_size: 4287040,
    kern_uptm_days: up.days,
    kern_uptm_hrs: up.hours,
    kern_uptm_mins: up.minutes,
    kern_uptm_secs: up.seconds,
    rr_reason: 'Unknown',
    rr_sys_ver: '',
    rr_service: '',
    plugins: 'Core Plugin, Ethernet Plugin',
    manufacturer: 'Cisco Systems, Inc.',
    TABLE_package_list: { ROW_package_list: [{ package_id: '' }] },
  }
  return { text: versionText(about), data }
}

function showInventory({ state }: ExecRequest): ExecAnswer {
  const rows = [
    {
      name: 'Chassis',
      desc: `Nexus9000 ${state.model} Chassis`,
      productid: `N9K-${state.model}`,
      vendorid: 'V02',
      serialnum: state.serial,
    },
    {
      name: 'Slot 1',
      desc: 'Nexus 9000v Ethernet Module',
      productid: `N9K-${state.model}`,
      vendorid: 'V02',
      serialnum: state.serial,
    },
    {
      name: 'Fan 1',
      desc: 'Nexus9000 Chassis Fan Module',
      productid: 'N9K-C9300-FAN2',
      vendorid: 'V01',
      serialnum: 'N/A',
    },
  ]
  const text = rows
    .map(
      row =>
        `NAME: "${row.name}",  DESCR: "${row.desc}"  \nPID: ${row.productid.padEnd(20)} ,  VID: ${row.vendorid} ,  SN: ${row.serialnum}  \n`,
    )
    .join('\n')
  return {
    text,
    data: { TABLE_inv: { ROW_inv: rows.map(row => ({ ...row, name: `"${row.name}"`, desc: `"${row.desc}"` })) } },
  }
}

function showModule({ state }: ExecRequest): ExecAnswer {
  const rows = [
    {
      modinf: 1,
      ports: 64,
      modtype: 'Nexus 9000v 64 port Ethernet Module',
      model: `N9K-X${state.model.slice(-5)}`,
      status: 'ok',
    },
    { modinf: 27, ports: 0, modtype: 'Virtual Supervisor Module', model: 'N9K-vSUP', status: 'active *' },
  ]
  const lines = rows.map(
    row =>
      `${String(row.modinf).padEnd(4)} ${String(row.ports).padEnd(6)} ${row.modtype.padEnd(37)} ${row.model.padEnd(21)} ${row.status}`,
  )
  const title = `Mod Ports             Module-Type                      Model           Status\n${'-'.repeat(78)}`
  return {
    text: `${title}\n${lines.join('\n')}\n\n* this terminal session \n`,
    data: { TABLE_modinfo: { ROW_modinfo: rows } },
  }
}

function showFeature({ state }: ExecRequest): ExecAnswer {
  const on = new Set(state.running.filter(node => node.line.startsWith('feature ')).map(node => node.line.slice(8)))
  const rows = [...features].map(feature => ({
    cfcFeatureCtrlName2: shown[feature] ?? feature,
    cfcFeatureCtrlInstanceNum2: 1,
    cfcFeatureCtrlOpStatus2: on.has(feature) ? 'enabled' : 'disabled',
  }))
  const lines = rows.map(row => `${row.cfcFeatureCtrlName2.padEnd(22)} 1          ${row.cfcFeatureCtrlOpStatus2}`)
  const title = 'Feature Name          Instance  State  \n--------------------  --------  --------'
  return {
    text: `${title}\n${lines.join('\n')}\n`,
    data: { TABLE_cfcFeatureCtrlTable: { ROW_cfcFeatureCtrlTable: rows } },
  }
}

/** `show feature` has other names for some than `feature` has. */
const shown: Record<string, string> = {
  'nv overlay': 'nve',
  'fabric forwarding': 'hmm',
  hsrp: 'hsrp_engine',
  'vn-segment-vlan-based': 'vnseg_vlan',
  ssh: 'sshServer',
  telnet: 'telnetServer',
}

function showClock(): ExecAnswer {
  const [weekday, date, month, year, time] = new Date().toUTCString().replace(',', '').split(' ')
  const text = `${time}.${String(new Date().getMilliseconds()).padStart(3, '0')} UTC ${weekday} ${month} ${date} ${year}`
  return { text: `${text}\nTime source is NTP\n`, data: { simple_time: text, time_source: 'NTP' } }
}

function showUsers({ state }: ExecRequest): ExecAnswer {
  const lines = [...state.sessions].map(({ user, line, since, from }) => {
    const started =
      since.toUTCString().slice(8, 11) + since.toUTCString().slice(4, 7) + since.toUTCString().slice(16, 22)
    return `${user.padEnd(8)} ${line.padEnd(12)} ${started.padEnd(15)}   .          8096 (${from}) session=ssh`
  })
  return { text: `NAME     LINE         TIME         IDLE          PID COMMENT\n${lines.join('\n')}\n` }
}

function showPrivilege({ user }: ExecRequest): ExecAnswer {
  return {
    text: `User name: ${user}\nCurrent privilege level: -1\nFeature privilege: Disabled\n`,
    data: { user_name: user, feature_privilege: 'Disabled', privilege_level: -1 },
  }
}
