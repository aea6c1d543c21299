/** The writes the ERP received, with its answers: what its people would look up when a refund looks wrong. */
import type { Kernel } from '../../kernel/types.ts'
import { type Biz, ErpFailure } from './gateway.ts'

export interface WriteBack {
  /** sandbox ms */
  at: number
  what: 'confirm' | 'upload'
  refunds: string[]
  shopStatus: string
  accepted: boolean
  answer: string
}

const writeBacksPart = 'jushuitan-write-backs'
const kept = 300

/** Oldest first. */
export function writeBacks(kernel: Kernel): WriteBack[] {
  return kernel.state<{ list: WriteBack[] }>(writeBacksPart, () => ({ list: [] })).list
}

/** Carries out a write and notes what came of it. */
export function recorded(
  what: WriteBack['what'],
  handle: (kernel: Kernel, biz: Biz) => unknown,
): (kernel: Kernel, biz: Biz) => unknown {
  return (kernel, biz) => {
    try {
      const answer = handle(kernel, biz)
      note(kernel, { what, ...subjectOf(biz), accepted: true, answer: 'success' })
      return answer
    } catch (failure) {
      if (failure instanceof ErpFailure)
        note(kernel, { what, ...subjectOf(biz), accepted: false, answer: failure.message })
      throw failure
    }
  }
}

function note(kernel: Kernel, entry: Omit<WriteBack, 'at'>): void {
  const list = writeBacks(kernel)
  list.push({ at: kernel.clock.now(), ...entry })
  if (list.length > kept * 1.2) list.splice(0, list.length - kept)
  kernel.changed(writeBacksPart)
}

function subjectOf(biz: Biz): Pick<WriteBack, 'refunds' | 'shopStatus'> {
  if (!Array.isArray(biz)) {
    return { refunds: Array.isArray(biz.as_ids) ? biz.as_ids.slice(0, 20).map(textOf) : [], shopStatus: '' }
  }
  const entries = biz.slice(0, 20).map((entry) => Object(entry) as Record<string, unknown>)
  return {
    refunds: entries.map((entry) => textOf(entry.outer_as_id)),
    shopStatus: textOf(entries[0]?.shop_status),
  }
}

function textOf(value: unknown): string {
  return String(value ?? '').slice(0, 60)
}
