/** A large export of a back office, from the file to committed rows and events: speed and memory. */
import { join } from 'node:path'
import { makeXlsx } from '../test/support/make-xlsx.ts'
import { type Child, startChild } from './kit/child.ts'
import { temporaryFolder } from './kit/folder.ts'
import { atLeast, atMost, below, type Figure } from './kit/report.ts'

const rows = 200_000
const part = 'import'
const sampleMs = 200

export async function measureImport(): Promise<Figure[]> {
  const folder = await temporaryFolder()
  try {
    const file = join(folder.path, 'orders.xlsx')
    await makeXlsx(file, { rows: sheet() })
    const child = await startChild(new URL('./import/import-process.ts', import.meta.url), {
      env: { HUILIU_DATA: join(folder.path, 'data') },
      nodeArgs: ['--max-semi-space-size=16', '--max-old-space-size=160'],
    })
    try {
      const idle = (await child.usage()).rss
      const preview = await watched(child, () => child.ask<Ran>({ kind: 'import', file, dryRun: true }))
      const stored = await watched(child, () => child.ask<Ran>({ kind: 'import', file, dryRun: false }))
      const again = await child.ask<Ran>({ kind: 'import', file, dryRun: false })
      const rate = rows / stored.value.seconds
      const grown = Math.max(preview.peak, stored.peak) - idle
      return [
        {
          part,
          name: `rows/s of ${rows} imported from xlsx`,
          value: rate.toFixed(0),
          goal: atLeast(Math.round(rate), 1_000),
        },
        {
          part,
          name: 'rows not stored',
          value: String(rows - stored.value.created),
          goal: atMost(rows - stored.value.created, 0),
        },
        { part, name: 'preview of the same file, s', value: preview.value.seconds.toFixed(0) },
        { part, name: 'the same file again, unchanged, s', value: again.seconds.toFixed(0) },
        {
          part,
          name: 'memory above idle, MB',
          value: megabytes(grown),
          goal: below(Math.round(grown / 1_048_576), 100),
        },
      ]
    } finally {
      await child.stop()
    }
  } finally {
    await folder.remove()
  }
}

interface Ran {
  seconds: number
  created: number
}

const megabytes = (bytes: number) => String(Math.round(bytes / 1_048_576))

async function watched<T>(child: Child, work: () => Promise<T>): Promise<{ value: T; peak: number }> {
  let peak = 0
  const sample = async () => {
    peak = Math.max(peak, (await child.usage()).rss)
  }
  const timer = setInterval(() => void sample().catch(() => undefined), sampleMs)
  try {
    return { value: await work(), peak }
  } finally {
    clearInterval(timer)
  }
}

function* sheet(): Generator<(string | { number: number })[]> {
  yield ['订单编号', '订单状态', '下单时间', '付款时间', '实付金额', '商品名称', '数量', '收货人', '手机号']
  for (let index = 0; index < rows; index += 1) {
    const minute = String(index % 60).padStart(2, '0')
    yield [
      `TC${String(index).padStart(12, '0')}`,
      '待发货',
      `2026-10-01 10:${minute}:00`,
      `2026-10-01 10:${minute}:30`,
      { number: 100 + (index % 900) },
      `三亚${index % 7}天${index % 5}晚套餐券`,
      { number: 1 },
      '张**',
      '138****0000',
    ]
  }
}
