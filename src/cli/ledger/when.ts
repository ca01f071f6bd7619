import { FailureError } from '../../model/failure.ts'

const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 }

/** '90m', '36h', '30d', '2w' as seconds; null for anything else. */
export function durationOf(text: string): number | null {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text.trim()) ?? []
  return count === undefined ? null : Number(count) * (SECONDS[unit] ?? 0)
}

/** '2d' (so long ago), '2026-11-20' (its first moment here) or '2026-11-20T08:00' as a moment. Throws FailureError invalid. */
export function momentOf(option: string, text: string, now: Date): Date {
  const seconds = durationOf(text)
  if (seconds !== null) return new Date(now.getTime() - seconds * 1000)
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00`) : new Date(text)
  if (/^\d{4}-\d\d/.test(text) && !Number.isNaN(moment.getTime())) return moment
  throw new FailureError({
    code: 'invalid',
    message: `${option} takes a time or how long ago, not '${text}'`,
    remedy: `For example: ${option} 2d, ${option} 36h, ${option} 2026-11-20, ${option} 2026-11-20T08:00.`,
  })
}

/** '2026-11-20 08:00:05', as clocks here show it. */
export function clockText(time: string): string {
  const at = new Date(time)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

/** '0.4 s', '12 s', '3 min 5 s'. */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
