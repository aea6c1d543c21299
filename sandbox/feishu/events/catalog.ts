/** Event and callback types this sandbox can send, as the developer console lists them. */
export interface KnownEvent {
  type: string
  zh: string
  en: string
}

export const cardCallback = 'card.action.trigger'

export const knownEvents: readonly KnownEvent[] = [
  { type: cardCallback, zh: '卡片回传交互（回调）', en: 'Card interaction (callback)' },
  { type: 'im.message.receive_v1', zh: '接收消息', en: 'Message received' },
  { type: 'im.message.message_read_v1', zh: '消息已读', en: 'Message read' },
  { type: 'im.message.recalled_v1', zh: '撤回消息', en: 'Message recalled' },
  { type: 'im.message.reaction.created_v1', zh: '新增表情回复', en: 'Reaction added' },
  { type: 'im.message.reaction.deleted_v1', zh: '删除表情回复', en: 'Reaction removed' },
  { type: 'im.chat.member.bot.added_v1', zh: '机器人进群', en: 'Bot added to a group' },
  { type: 'im.chat.member.bot.deleted_v1', zh: '机器人被移出群', en: 'Bot removed from a group' },
  { type: 'im.chat.member.user.added_v1', zh: '用户进群', en: 'Person added to a group' },
  { type: 'im.chat.member.user.deleted_v1', zh: '用户出群', en: 'Person left a group' },
  { type: 'im.chat.member.user.withdrawn_v1', zh: '撤销拉人进群', en: 'Adding a person withdrawn' },
  { type: 'im.chat.updated_v1', zh: '群信息修改', en: 'Group changed' },
  { type: 'im.chat.disbanded_v1', zh: '群解散', en: 'Group disbanded' },
  {
    type: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    zh: '用户进入与机器人的会话',
    en: 'Person opened the chat with the bot',
  },
  { type: 'application.bot.menu_v6', zh: '机器人自定义菜单', en: 'Bot menu' },
  { type: 'drive.file.bitable_record_changed_v1', zh: '多维表格记录变更', en: 'Base records changed' },
  { type: 'drive.file.bitable_field_changed_v1', zh: '多维表格字段变更', en: 'Base fields changed' },
  { type: 'approval_instance', zh: '审批实例状态变更', en: 'Approval instance changed' },
  { type: 'approval_task', zh: '审批任务状态变更', en: 'Approval task changed' },
  { type: 'approval_cc', zh: '审批抄送状态变更', en: 'Approval copied to somebody' },
  { type: 'approval.approval.updated_v4', zh: '审批定义更新', en: 'Approval definition changed' },
  { type: 'task.task.updated_v1', zh: '任务信息变更', en: 'Task changed' },
  { type: 'task.task.comment.updated_v1', zh: '任务评论变更', en: 'Task comment changed' },
  { type: 'auth.user_access_token.revoked_v4', zh: '用户授权被收回', en: 'User token revoked' },
]

/** Nothing is delivered that was not subscribed; a new app here subscribes to all the sandbox can send. */
export function isSubscribed(subscriptions: readonly string[] | null | undefined, type: string): boolean {
  return subscriptions === null || subscriptions === undefined || subscriptions.includes(type)
}
