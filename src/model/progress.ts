/** What a device is doing, as a report shows it; the events' schema names the same words. */
export type ProgressStep =
  | 'connecting'
  | 'reading'
  | 'planning'
  | 'writing'
  | 'undoing'
  | 'settling'
  | 'retrying'
  | 'saving'
  | 'waiting'

export type Progress = (step: ProgressStep, text: string) => void
