import type { ResourcePlan, Window } from '#src/contracts/connector.ts'

/**
 * The windows that bring a resource from its high-water mark to now, oldest first: the first reaches back over what
 * was pulled already (changes that became visible late), none is longer than the channel allows, and none begins
 * before the time the channel still answers for.
 */
export function windowsTo(plan: ResourcePlan, doneUntil: number, now: number): Window[] {
  const earliest = now - plan.lookbackMs
  const windows: Window[] = []
  for (let from = Math.max(earliest, Math.min(doneUntil, now) - plan.overlapMs); from < now; ) {
    const to = Math.min(now, from + plan.maxWindowMs)
    windows.push({ from, to })
    from = to
  }
  return windows
}
