import { ApiFailure, type Kernel } from '../../kernel/types.ts'
import { imShown } from './im-state.ts'
import { type BotMenuButton, messengerState } from './messenger-state.ts'

const mostButtons = 5

/**
 * `GET` and `POST /_control/im/app`: what an app's developer sets in Feishu's console: the bot's menu, whether the bot
 * hears every message of its groups (`im:message.group_msg`), and the bought quota of urgent calls.
 */
export function registerAppControl(kernel: Kernel): void {
  const shown = () => {
    const { menu, readsAllGroupMessages, urgentQuota } = messengerState(kernel)
    return { menu, reads_all_group_messages: readsAllGroupMessages, urgent_quota: urgentQuota }
  }
  kernel.control('GET', 'im/app', {
    about: {
      zh: '机器人的菜单、群消息权限与加急额度',
      en: 'The bot’s menu, what it hears in groups, its urgent quota',
    },
    handle: shown,
  })
  kernel.control('POST', 'im/app', {
    about: {
      zh: '设置机器人的菜单、群消息权限与加急额度（飞书里在开发者后台设置）',
      en: 'Sets what a developer sets in Feishu’s console',
      fields: {
        menu: '[{name, event_key | url | children}]',
        reads_all_group_messages: 'boolean',
        urgent_quota: '{sms, phone}',
      },
      example: { menu: [{ name: '查订单', event_key: 'orders' }] },
    },
    handle: ({ body }) => {
      set(kernel, body)
      return shown()
    },
  })
}

function set(kernel: Kernel, body: Record<string, unknown>): void {
  const state = messengerState(kernel)
  if (body.menu !== undefined) state.menu = checkedMenu(body.menu)
  if (body.reads_all_group_messages !== undefined)
    state.readsAllGroupMessages = body.reads_all_group_messages === true
  const quota = body.urgent_quota as Record<string, unknown> | undefined
  for (const way of ['sms', 'phone'] as const)
    if (typeof quota?.[way] === 'number') state.urgentQuota[way] = quota[way]
  kernel.changed('im-people')
  imShown(kernel)
}

function checkedMenu(value: unknown): BotMenuButton[] {
  if (!Array.isArray(value) || value.length > mostButtons)
    throw new ApiFailure(400, `menu: a list of at most ${mostButtons} {name, event_key | url | children}`)
  return value.map((one) => checkedButton(one, true))
}

function checkedButton(value: unknown, mayHaveChildren: boolean): BotMenuButton {
  const { name, event_key, url, children } = (value ?? {}) as Record<string, unknown>
  if (typeof name !== 'string' || name === '') throw new ApiFailure(400, 'every menu button needs a name')
  if (mayHaveChildren && Array.isArray(children) && children.length > 0)
    return { name, children: children.slice(0, mostButtons).map((one) => checkedButton(one, false)) }
  if (typeof url === 'string' && /^https?:\/\//.test(url)) return { name, url }
  if (typeof event_key === 'string' && event_key.length >= 1 && event_key.length <= 30)
    return { name, event_key }
  throw new ApiFailure(
    400,
    `menu button "${name}" needs an event_key of 1 to 30 characters or an http(s) url`,
  )
}
