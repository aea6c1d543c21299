const dayMs = 86_400_000
const hourMs = 3_600_000
/** Asia/Shanghai has no daylight saving. */
const shanghaiOffsetMs = 8 * hourMs

/** When the quiet hours that hold at `now` end (ms), or undefined outside of them. Hours are Asia/Shanghai; a range may span midnight. */
export function quietUntil(now: number, quiet: { from: number; to: number } | null): number | undefined {
  if (quiet === null || quiet.from === quiet.to) return undefined
  const local = now + shanghaiOffsetMs
  const midnight = Math.floor(local / dayMs) * dayMs
  const hour = (local - midnight) / hourMs
  const spans = quiet.from > quiet.to
  const inside = spans ? hour >= quiet.from || hour < quiet.to : hour >= quiet.from && hour < quiet.to
  if (!inside) return undefined
  const end = midnight + quiet.to * hourMs + (spans && hour >= quiet.from ? dayMs : 0)
  return end - shanghaiOffsetMs
}
