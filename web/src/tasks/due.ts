import type { Translate } from '../shell/language.tsx'

const dayMs = 24 * 3_600_000

/** When a task is due, in words, and whether that is past or soon. */
export function dueInWords(
  due: number,
  at: { now: number; isAllDay: boolean; t: Translate },
): { text: string; look: 'late' | 'soon' | 'later' } {
  const { now, isAllDay, t } = at
  const day = (ms: number) => new Date(ms).toLocaleDateString('zh-CN')
  const time = new Date(due).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })
  const date = new Date(due)
  const names: Record<string, string> = {
    [day(now)]: t('今天', 'Today'),
    [day(now + dayMs)]: t('明天', 'Tomorrow'),
    [day(now - dayMs)]: t('昨天', 'Yesterday'),
  }
  const name =
    names[day(due)] ??
    t(`${date.getMonth() + 1}月${date.getDate()}日`, `${date.getMonth() + 1}/${date.getDate()}`)
  const isLate = isAllDay ? due + dayMs < now : due < now
  return {
    text: isAllDay ? name : `${name} ${time}`,
    look: isLate ? 'late' : due - now < dayMs ? 'soon' : 'later',
  }
}
