import type { Session } from '../writer/session.ts'

const timesPerHour = 3
const hourMs = 3_600_000
const remembered = 10_000

/**
 * Whether a system value that was changed is written again. Not when the same foreign value has come back several
 * times within the hour: an automation (or a value the platform stores differently) would be fought forever.
 */
export function mayPutBack(session: Session, place: string, value: unknown): boolean {
  const now = session.ctx.clock.now()
  const text = JSON.stringify(value ?? null)
  const known = session.contested.get(place)
  if (known === undefined || known.value !== text || now - known.since > hourMs) {
    if (session.contested.size > remembered) session.contested.clear()
    session.contested.set(place, { value: text, times: 1, since: now })
    return true
  }
  known.times += 1
  return known.times <= timesPerHour
}
