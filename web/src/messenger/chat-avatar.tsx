import { Bot, Users } from 'lucide-react'
import { Avatar } from '../ui/avatar.tsx'
import styles from './chat-avatar.module.css'

/** Face of a chat or a sender: a group, the bot, or a person. */
export function ChatAvatar({
  kind,
  name,
  size = 40,
}: {
  kind: 'group' | 'bot' | 'person'
  name: string
  size?: number
}) {
  if (kind === 'person') return <Avatar name={name} size={size} />
  const Icon = kind === 'bot' ? Bot : Users
  return (
    <span
      className={`${styles.avatar} ${styles[kind]}`}
      style={{ width: size, height: size, borderRadius: kind === 'bot' ? '50%' : size * 0.28 }}
      aria-hidden
    >
      <Icon size={size * 0.54} strokeWidth={1.8} />
    </span>
  )
}
