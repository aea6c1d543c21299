import type { Pool } from 'pg'
import { AppError } from '#src/errors.ts'
import { sliceAt } from './quota-window.ts'
import type { LimitStore, PaceAnswer, PaceRequest, QuotaAnswer, QuotaRequest } from './types.ts'

/** One statement reserves: two processes never get the same turn. No row comes back when the turn would be too late. */
const takePaceSql = `
insert into limits (key, tat, paused_until) values ($1, $2::float8 + $3::float8, 0)
on conflict (key) do update set tat = greatest(limits.tat, limits.paused_until, $2) + $3
where greatest(limits.tat - $4::float8, limits.paused_until, $2) <= $5::float8
returning tat, paused_until`

const readPaceSql = 'select tat, paused_until from limits where key = $1'

/** In the rows of a quota's slices `tat` holds the turns taken, and `paused_until` how long the slice counts. */
const takeQuotaSql = `
insert into limits (key, tat, paused_until)
select $1, $2::float8, $3::bigint
where $2 + (select coalesce(sum(tat), 0) from limits where key = any($4::text[])) <= $5::float8
on conflict (key) do update set tat = limits.tat + excluded.tat
where limits.tat + excluded.tat + (select coalesce(sum(tat), 0) from limits where key = any($4::text[])) <= $5
returning tat`

const pauseSql = `
insert into limits (key, tat, paused_until) values ($1, 0, $2::bigint)
on conflict (key) do update set paused_until = greatest(limits.paused_until, excluded.paused_until)`

const sweepSql = 'delete from limits where tat < $1::float8 and paused_until < $2::bigint'

const sweepEveryMs = 600_000

interface PaceRow {
  tat: number
  paused_until: string
}

/**
 * Counts shared by all processes of the installation. Instants come from the callers' clocks: hosts must agree on the
 * time to a fraction of a second, as any time service makes them.
 */
export function createDatabaseStore(pool: Pool): LimitStore {
  let sweptAt = 0

  const query = async <R extends object>(name: string, text: string, values: unknown[]): Promise<R[]> => {
    try {
      return (await pool.query<R>({ name, text, values })).rows
    } catch (cause) {
      throw new AppError('limits_unavailable', '限流计数所在的数据库没有响应，调用未发出。', {
        retry: 'backoff',
        outcome: 'not-sent',
        cause,
      })
    }
  }

  const sweep = async (now: number) => {
    if (now - sweptAt < sweepEveryMs) return
    sweptAt = now
    await query('limits-sweep', sweepSql, [now - sweepEveryMs, Math.floor(now)])
  }

  const takePace = async ({ key, pace, turns, now, latest }: PaceRequest): Promise<PaceAnswer> => {
    await sweep(now)
    const taken = turns * pace.intervalMs
    const last = Number.isFinite(latest) ? latest : Number.MAX_SAFE_INTEGER
    const [row] = await query<PaceRow>('limits-pace', takePaceSql, [key, now, taken, pace.toleranceMs, last])
    if (row !== undefined) {
      const notBefore = Math.max(Number(row.paused_until), now)
      return { granted: true, first: row.tat - taken - pace.toleranceMs, notBefore }
    }
    const [busy] = await query<PaceRow>('limits-pace-read', readPaceSql, [key])
    const readyAt = Math.max((busy?.tat ?? 0) - pace.toleranceMs, Number(busy?.paused_until ?? 0), now)
    return { granted: false, readyAt }
  }

  const takeQuota = async ({ key, perMinute, turns, now }: QuotaRequest): Promise<QuotaAnswer> => {
    const slice = sliceAt(key, now)
    const values = [slice.key, turns, slice.keptUntil, slice.earlier, perMinute]
    const [row] = await query('limits-quota', takeQuotaSql, values)
    return row === undefined
      ? { granted: false, readyAt: slice.endsAt }
      : { granted: true, expiresAt: slice.endsAt }
  }

  return {
    takePace,
    takeQuota,
    pause: async (key, untilMs) => {
      await query('limits-pause', pauseSql, [key, Math.ceil(untilMs)])
    },
  }
}
