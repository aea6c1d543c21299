import type { Translate } from '../shell/language.tsx'

const english: Record<string, string> = {
  '{from_user} 邀请 {to_chatters} 加入此群': '{from_user} invited {to_chatters} to this group',
  '{from_user} 将 {to_chatters} 移出此群': '{from_user} removed {to_chatters} from this group',
  '{from_user} 退出了此群': '{from_user} left this group',
  '{from_user} 加入了此群': '{from_user} joined this group',
  '{from_user} 创建了群聊': '{from_user} created this group',
  '{from_user} 将群名称修改为“{name}”': '{from_user} renamed this group to “{name}”',
  '{from_user} 将群主转让给 {to_chatters}': '{from_user} made {to_chatters} the owner',
}

/** A system message in words. */
export function systemWords(content: Record<string, unknown>, t: Translate): string {
  const template = String(content.template)
  return t(template, english[template] ?? template).replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = content[key]
    return Array.isArray(value) ? value.join(t('、', ', ')) : String(value ?? '')
  })
}
