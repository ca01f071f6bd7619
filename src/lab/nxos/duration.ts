/** ISO 8601 as in `| json` of BGP and routes: 'P2DT16H8M52S', 'PT5H8M5S'. */
export function isoDuration(since: Date, now = new Date()): string {
  const { days, hours, minutes, seconds } = parts(since, now)
  return `P${days > 0 ? `${days}D` : ''}T${hours > 0 ? `${hours}H` : ''}${hours + minutes > 0 ? `${minutes}M` : ''}${seconds}S`
}

/** '09:43:55', '4d22h', '3w2d', '1y10w' as in text. */
export function shortDuration(since: Date, now = new Date()): string {
  const { days, hours, minutes, seconds } = parts(since, now)
  const two = (value: number) => String(value).padStart(2, '0')
  if (days === 0) return `${two(hours)}:${two(minutes)}:${two(seconds)}`
  if (days < 7) return `${days}d${two(hours)}h`
  if (days < 365) return `${Math.floor(days / 7)}w${days % 7}d`
  return `${Math.floor(days / 365)}y${Math.floor((days % 365) / 7)}w`
}

/** Days, hours, minutes and seconds between two times. */
export function parts(since: Date, now = new Date()) {
  const total = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000))
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor(total / 3600) % 24,
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
  }
}
