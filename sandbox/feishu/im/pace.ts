import type { Kernel } from '../../kernel/types.ts'
import { imFailure } from './failures.ts'

const perSecond = 5
const windowMs = 1_000
const forgetAbove = 5_000

/** Counts one call under a key. @throws 230020 when the key's budget is spent */
export type Pace = (key: string) => void

/**
 * 5 messages per second into one group or to one person, 5 updates per second of one message: 230020 with HTTP 400,
 * not 429. Feishu docs: 发送消息, 频率限制.
 */
export function createPace(kernel: Kernel): Pace {
  const windows = new Map<string, { startedAt: number; count: number }>()
  return (key: string): void => {
    const now = kernel.clock.now()
    const known = windows.get(key)
    const window = known && now - known.startedAt < windowMs ? known : { startedAt: now, count: 0 }
    if (windows.size > forgetAbove) windows.clear()
    windows.set(key, window)
    if (window.count >= perSecond) throw imFailure(230020)
    window.count++
  }
}
