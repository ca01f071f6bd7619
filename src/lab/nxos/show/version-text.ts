export interface About {
  readonly version: string
  readonly model: string
  readonly serial: string
  readonly host: string
  readonly image: string
  readonly up: { readonly days: number; readonly hours: number; readonly minutes: number; readonly seconds: number }
}

/** The legal lines above `show version`, shortened. */
export const versionHeader = `Cisco Nexus Operating System (NX-OS) Software
TAC support: http://www.cisco.com/tac
This is an embedded lab switch of weft, not a product of Cisco.
`

/** The text of `show version`, line by line as NX-OS lays it out. */
export function versionText({ version, model, serial, host, image, up }: About): string {
  return `${versionHeader}
Software
  BIOS: version 
  NXOS: version ${version}
  Host NXOS: version ${version}
  BIOS compile time:  
  NXOS image file is: ${image}
  NXOS compile time:  4/28/2024 21:00:00 [04/29/2024 06:28:31]
  NXOS boot mode: LXC

Hardware
  cisco Nexus9000 ${model} Chassis 
  Intel Core Processor (Skylake, IBRS) with 6096816 kB of memory.
  Processor Board ID ${serial}
  Device name: ${host}
  bootflash:    4287040 kB

Kernel uptime is ${up.days} day(s), ${up.hours} hour(s), ${up.minutes} minute(s), ${up.seconds} second(s)

Last reset 
  Reason: Unknown
  System version: 
  Service: 

plugin
  Core Plugin, Ethernet Plugin

Active Package(s):
        
`
}
