import type { Kernel } from '../../kernel/types.ts'
import { appSettings, mayUseApp } from '../application/app-state.ts'
import { hasScope } from '../application/scopes.ts'
import { userByOpenId } from '../contact/people.ts'
import { type ImCode, imFailure } from './failures.ts'

/** Messages, groups and uploads each have their own code for an app whose bot was switched off. */
export function requireBotAbility(kernel: Kernel, code: ImCode): void {
  const bot = appSettings(kernel).abilities.bot as { enable?: boolean } | undefined
  if (bot?.enable === false) throw imFailure(code)
}

/** The bot may write to a person who may use the app. Feishu docs: 机器人可用范围. @throws 230013 */
export function requireAvailable(kernel: Kernel, openId: string | undefined): void {
  const person = userByOpenId(kernel, openId ?? '')
  if (!person || person.resigned || !mayUseApp(kernel, person)) throw imFailure(230013)
}

/** The history of a group takes a scope of its own. Feishu docs: 获取会话历史消息. @throws 230027 */
export function requireGroupHistory(kernel: Kernel): void {
  if (!hasScope(kernel, 'im:message.group_msg')) throw imFailure(230027)
}
