/** What was pushed to the product, try by try: the platform's push log. */
import type { Kernel, PushAttempt } from '../../kernel/types.ts'

export interface PushedMessage {
  tag: string
  msg_id: string
  data: string
}

export interface PushRecord {
  id: number
  /** sandbox ms */
  at: number
  url: string
  headers: Record<string, string>
  messages: readonly PushedMessage[]
  /** order numbers the messages are about */
  orders: string[]
  attempts: PushAttempt[]
}

interface Pushes {
  last: number
  list: PushRecord[]
}

const pushesPart = 'douyin-shop-pushes'
const kept = 300
const longestAnswer = 500

/** Oldest first. */
export function pushRecords(kernel: Kernel): PushRecord[] {
  return pushes(kernel).list
}

/** Opens a record and returns what closes it, try by try. */
export function recordPush(
  kernel: Kernel,
  push: Pick<PushRecord, 'url' | 'headers' | 'messages'>,
): (attempt: PushAttempt) => void {
  const state = pushes(kernel)
  state.last += 1
  const orders = push.messages.flatMap(({ data }) => /"p_id":(\d+)/.exec(data)?.[1] ?? [])
  const record: PushRecord = {
    id: state.last,
    at: kernel.clock.now(),
    ...push,
    orders: [...new Set(orders)],
    attempts: [],
  }
  state.list.push(record)
  if (state.list.length > kept * 1.2) state.list.splice(0, state.list.length - kept)
  kernel.changed(pushesPart)
  return (attempt) => {
    record.attempts.push({ ...attempt, answer: attempt.answer.slice(0, longestAnswer) })
    kernel.changed(pushesPart)
  }
}

function pushes(kernel: Kernel): Pushes {
  return kernel.state<Pushes>(pushesPart, () => ({ last: 0, list: [] }))
}
