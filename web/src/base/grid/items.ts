import type { WebCell, WebOutline } from '#sandbox/feishu/bitable/web/base-shapes.ts'

/** One line of the grid. */
export type Item =
  /** `place` in the view's order, `number` within its group */
  | { kind: 'row'; place: number; number: number }
  | { kind: 'group'; key: string; level: number; value: WebCell | null; count: number; collapsed: boolean }
  /** The line that adds a record, to a group with the group's values. */
  | { kind: 'add'; values: readonly (WebCell | null)[] }

export interface Items {
  count: number
  at(index: number): Item | undefined
  /** Line of a row; undefined inside a collapsed group. */
  indexOf(place: number): number | undefined
  kindAt(index: number): Item['kind']
}

interface Run {
  /** index of its first line */
  first: number
  length: number
  /** Rows of a run start here. */
  start: number
  item?: Item
}

/** The lines of a view: plain rows, or groups with their rows, each followed by the line that adds one. */
export function layItems(outline: WebOutline, collapsed: ReadonlySet<string>, canAdd: boolean): Items {
  const runs: Run[] = []
  let count = 0
  const push = (run: Omit<Run, 'first'>) => {
    if (run.length === 0) return
    runs.push({ ...run, first: count })
    count += run.length
  }
  const line = (item: Item) => push({ length: 1, start: 0, item })
  if (outline.groups.length === 0) {
    push({ length: outline.total, start: 0 })
    if (canAdd) line({ kind: 'add', values: [] })
  } else layGroups(outline, collapsed, { line, push, canAdd })
  const runAt = (index: number) => runs[lastWhere(runs, (run) => run.first <= index)]
  const rowRuns = runs.filter((run) => run.item === undefined)
  return {
    count,
    at(index) {
      const run = runAt(index)
      if (!run || index >= count) return undefined
      const offset = index - run.first
      return run.item ?? { kind: 'row', place: run.start + offset, number: offset + 1 }
    },
    indexOf(place) {
      const run = rowRuns[lastWhere(rowRuns, (one) => one.start <= place)]
      return run && place < run.start + run.length ? run.first + place - run.start : undefined
    },
    kindAt: (index) => runAt(index)?.item?.kind ?? 'row',
  }
}

interface Pen {
  line(item: Item): void
  push(run: { length: number; start: number }): void
  canAdd: boolean
}

function layGroups(
  { groups }: WebOutline,
  collapsed: ReadonlySet<string>,
  { line, push, canAdd }: Pen,
): void {
  let path: string[] = []
  for (const [i, group] of groups.entries()) {
    const keys = group.values.map((_, level) => JSON.stringify(group.values.slice(0, level + 1)))
    let hidden = false
    for (const [level, key] of keys.entries()) {
      const fresh = path[level] !== key
      if (fresh && !hidden) {
        let size = 0
        for (let n = i; n < groups.length; n++) {
          const other = groups[n]
          if (!other || JSON.stringify(other.values.slice(0, level + 1)) !== key) break
          size += other.count
        }
        const value = group.values[level] ?? null
        line({ kind: 'group', key, level, value, count: size, collapsed: collapsed.has(key) })
      }
      hidden ||= collapsed.has(key)
      if (fresh) path = path.slice(0, level)
    }
    path = keys
    if (hidden) continue
    push({ length: group.count, start: group.start })
    if (canAdd) line({ kind: 'add', values: group.values })
  }
}

function lastWhere<T>(list: readonly T[], test: (item: T) => boolean): number {
  let low = -1
  let high = list.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const item = list[middle]
    if (item !== undefined && test(item)) low = middle
    else high = middle - 1
  }
  return low
}
