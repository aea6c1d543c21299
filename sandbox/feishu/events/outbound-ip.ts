import type { Kernel } from '../../kernel/types.ts'

/** The addresses events come from. Feishu docs: 获取事件出口 IP. */
export function registerOutboundIp(kernel: Kernel): void {
  kernel.api({
    method: 'GET',
    path: '/open-apis/event/v1/outbound_ip',
    unverified: ['rate limit of outbound_ip'],
    handle: () => ({ ip_list: ['127.0.0.1'], has_more: false, page_token: '' }),
  })
}
