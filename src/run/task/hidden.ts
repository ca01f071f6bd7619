import { says } from './says.ts'
import type { Job } from './scene.ts'

/** Whether no_log hides a task's result. A template that fails here must not show what it was to hide. */
export function isHidden(job: Job): boolean {
  try {
    return says(job, 'noLog')
  } catch {
    return true
  }
}
