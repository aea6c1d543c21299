import { createContext, useContext, useMemo } from 'react'
import type { ChatMember, WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { MessageCard } from '../cards/message-card.tsx'
import { useSession } from '../shell/session.tsx'
import styles from './content.module.css'

/** Members of the chat that is open. */
export const MembersContext = createContext<readonly ChatMember[]>([])

/** A card message: it can be pressed, and follows the message's changes. */
export function CardContent({ message }: { message: WebMessage }) {
  const { people, botName, botOpenId } = useSession()
  const members = useContext(MembersContext)
  const names = useMemo(
    () => Object.fromEntries([...people.map(({ open_id, name }) => [open_id, name]), [botOpenId, botName]]),
    [people, botName, botOpenId],
  )
  const ids = useMemo(
    () => members.filter(({ kind }) => kind === 'person').map(({ open_id }) => open_id),
    [members],
  )
  return (
    <div className={styles.card}>
      <MessageCard message_id={message.message_id} card={message.content} people={names} members={ids} />
    </div>
  )
}
