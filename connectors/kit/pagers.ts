import type { Page } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'

export interface Slice {
  records: unknown[]
  total?: number | undefined
}

interface PagerControl {
  signal?: AbortSignal | undefined
  /** Identity and version of a record; one seen before is not yielded again. */
  keyOf(record: unknown): string
}

const maxCalls = 100_000
/** Full pages in a row without one new record: far more than records that share one instant explain. */
const mostStalePages = 50

function stuck(from: number | string, page: number): AppError {
  return new AppError('connector_paging_stuck', '平台反复返回同一页数据，本次拉取已中止，稍后自动重试', {
    retry: 'backoff',
    context: { from, page },
  })
}

/** Remembers what was yielded, so that re-read pages add nothing twice. */
function freshOnly(control: PagerControl): (records: unknown[]) => unknown[] {
  const seen = new Set<string>()
  return (records) =>
    records.filter((record) => {
      const key = control.keyOf(record)
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
}

export interface ScanRule extends PagerControl {
  size: number
  /** Number of the first page. */
  firstPage: 0 | 1
  /** Where the window starts, in the channel's own unit of update time. */
  from: number
  /** Reads one page of the records updated at or after `from`, oldest update first. */
  read(from: number, page: number): Promise<Slice>
  /** Update time of a record in the unit of `from`. */
  updatedAt(record: unknown): number
}

/**
 * Reads a window sorted by update time by moving its start instead of the page number. A record that changes while we
 * read moves to the end of the list and pulls the next one over a page border: with page numbers that one would be
 * missed, with a moving start it cannot be. Page numbers only serve records that share one instant; their pages are
 * read once more backwards, because records only ever slide towards the front.
 */
export async function* scanByUpdate(rule: ScanRule): AsyncGenerator<Page> {
  const fresh = freshOnly(rule)
  let from = rule.from
  let page: number = rule.firstPage
  let stale = 0
  for (let call = 0; call < maxCalls; call += 1) {
    rule.signal?.throwIfAborted()
    const slice = await rule.read(from, page)
    const records = fresh(slice.records)
    if (records.length > 0) yield toPage(records, call === 0 ? slice.total : undefined)
    stale = records.length > 0 ? 0 : stale + 1
    const isLast = slice.records.length < rule.size
    const last = Math.max(from, ...slice.records.map(rule.updatedAt))
    if (isLast || last > from) {
      yield* readBackwards(rule, { from, below: page, fresh })
      if (isLast) return
      from = last
      page = rule.firstPage
    } else if (stale > mostStalePages) break
    else page += 1
  }
  throw stuck(from, page)
}

async function* readBackwards(
  rule: ScanRule,
  { from, below, fresh }: { from: number; below: number; fresh: (records: unknown[]) => unknown[] },
): AsyncGenerator<Page> {
  for (let page = below - 1; page >= rule.firstPage; page -= 1) {
    const records = fresh((await rule.read(from, page)).records)
    if (records.length > 0) yield { records }
  }
}

export interface NumberedRule extends PagerControl {
  firstPage: 0 | 1
  size: number
  read(page: number): Promise<Slice & { hasMore: boolean }>
}

/**
 * Reads pages in ascending order. When the known total shrinks, records have left the pages already read and others
 * slid over a border behind us: the pages they can have slid into are read again.
 */
export async function* numberedPages(rule: NumberedRule): AsyncGenerator<Page> {
  const fresh = freshOnly(rule)
  let page: number = rule.firstPage
  let known: number | undefined
  for (let call = 0; call < maxCalls; call += 1) {
    rule.signal?.throwIfAborted()
    const slice = await rule.read(page)
    const records = fresh(slice.records)
    if (records.length > 0) yield toPage(records, slice.total)
    const gone = known !== undefined && slice.total !== undefined ? known - slice.total : 0
    known = slice.total
    if (gone > 0 && page > rule.firstPage) page = Math.max(rule.firstPage, page - Math.ceil(gone / rule.size))
    else if (slice.hasMore) page += 1
    else return
  }
  throw stuck('', page)
}

export interface LastPageFirstRule extends PagerControl {
  firstPage: 0 | 1
  size: number
  /** How many records there are now. */
  count(): Promise<number>
  read(page: number): Promise<Slice>
}

/** Reads from the last page down to the first: records that leave the list only slide into pages still to come. */
export async function* lastPageFirst(rule: LastPageFirstRule): AsyncGenerator<Page> {
  const fresh = freshOnly(rule)
  const total = await rule.count()
  const last = rule.firstPage + Math.ceil(total / rule.size) - 1
  for (let page = last; page >= rule.firstPage; page -= 1) {
    rule.signal?.throwIfAborted()
    const slice = await rule.read(page)
    const records = fresh(slice.records)
    if (records.length > 0) yield toPage(records, total)
  }
}

export interface CursorRule extends PagerControl {
  /** Cursor of the first call. */
  first: string
  /** `next` undefined (or unchanged) ends the reading. */
  read(cursor: string): Promise<Slice & { next?: string | undefined }>
}

/** Follows the channel's cursor until it gives none, or gives the same one again. */
export async function* cursorPages(rule: CursorRule): AsyncGenerator<Page> {
  const fresh = freshOnly(rule)
  let cursor: string | undefined = rule.first
  for (let call = 0; cursor !== undefined && call < maxCalls; call += 1) {
    rule.signal?.throwIfAborted()
    const slice: Slice & { next?: string | undefined } = await rule.read(cursor)
    const records = fresh(slice.records)
    if (records.length > 0) yield toPage(records, slice.total)
    cursor = slice.next === cursor ? undefined : slice.next
  }
}

/** Splits a window that is longer than the channel accepts. */
export function* splitWindow(
  window: { from: number; to: number },
  maxMs: number,
): Generator<{ from: number; to: number }> {
  for (let from = window.from; from < window.to; from += maxMs) {
    yield { from, to: Math.min(from + maxMs, window.to) }
  }
}

function toPage(records: unknown[], total: number | undefined): Page {
  return total === undefined ? { records } : { records, total }
}
