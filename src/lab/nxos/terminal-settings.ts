/** What `terminal length` and `terminal width` set; 0 lines = no paging. Changes during a session. */
export interface TerminalSettings {
  length: number
  width: number
}
