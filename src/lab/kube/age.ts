/** How long ago, as kubectl prints it: 45s, 3m10s, 25m, 4h5m, 30h, 12d, 2y30d. */
export function ageOf(creationTimestamp: string, now = Date.now()): string {
  const created = Date.parse(creationTimestamp)
  if (Number.isNaN(created)) return '<unknown>'
  const seconds = Math.max(0, Math.floor((now - created) / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (seconds < 120) return `${seconds}s`
  if (minutes < 10) return `${minutes}m${rest(seconds % 60, 's')}`
  if (minutes < 180) return `${minutes}m`
  if (hours < 8) return `${hours}h${rest(minutes % 60, 'm')}`
  if (hours < 48) return `${hours}h`
  if (days < 8) return `${days}d${rest(hours % 24, 'h')}`
  return days < 730 ? `${days}d` : `${Math.floor(days / 365)}y${rest(days % 365, 'd')}`
}

const rest = (amount: number, unit: string): string => (amount > 0 ? `${amount}${unit}` : '')
