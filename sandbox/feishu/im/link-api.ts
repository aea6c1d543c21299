import type { Kernel } from '../../kernel/types.ts'
import { chatApi } from './chat-route.ts'
import { imFailure } from './failures.ts'
import { botManages } from './rights.ts'

const day = 24 * 3_600_000
const validity: Record<string, number | undefined> = { week: 7 * day, year: 365 * day }

/** A group's share link. Feishu docs: 获取群分享链接. */
export function registerLinkApi(kernel: Kernel): void {
  chatApi(kernel, {
    method: 'POST',
    path: '/link',
    handle(chat, call) {
      if (chat.mode === 'p2p') throw imFailure(232062)
      const onlyManagers =
        chat.settings.add_member_permission === 'only_owner' ||
        chat.settings.share_card_permission === 'not_allowed'
      if (onlyManagers && !botManages(kernel, chat)) throw imFailure(232064)
      const period = String(call.body.validity_period ?? 'week')
      const isPermanent = period === 'permanently'
      const ms = validity[period]
      if (!isPermanent && ms === undefined) throw imFailure(232001)
      const token = kernel.random.hex(32)
      return {
        share_link: `https://applink.feishu.cn/client/chat/chatter/add_by_link?link_token=${token}`,
        is_permanent: isPermanent,
        ...(!isPermanent && { expire_time: String(Math.floor((kernel.clock.now() + (ms ?? 0)) / 1000)) }),
      }
    },
  })
}
