import type { Kernel } from '../../kernel/types.ts'

/** bot/v3/info: an old API whose answer has `bot` instead of `data`. */
export function registerBotApi(kernel: Kernel): void {
  kernel.api({
    method: 'GET',
    path: '/open-apis/bot/v3/info',
    limit: { perMinute: 1000, perSecond: 50 },
    envelope: false,
    handle: () => ({
      code: 0,
      msg: 'ok',
      bot: {
        activate_status: 2,
        app_name: kernel.identity().botName,
        avatar_url: '',
        ip_white_list: [],
        open_id: kernel.identity().botOpenId,
      },
    }),
  })
}
