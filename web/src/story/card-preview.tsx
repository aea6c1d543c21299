import type { StoryOrder } from '#sandbox/world/story/shapes.ts'
import { MessageCard } from '../cards/message-card.tsx'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import styles from './card-preview.module.css'

/** The card as it stands in its group: it can be pressed here as well. */
export function CardPreview({ order }: { order: StoryOrder }) {
  const t = useT()
  const { botName, people } = useSession()
  if (order.card === null) return null
  const names = Object.fromEntries(people.map((person) => [person.open_id, person.name]))
  return (
    <figure className={styles.chat} aria-label={t('群里的卡片', 'The card in the group')}>
      <figcaption>{order.chat_name}</figcaption>
      <div className={styles.message}>
        <Avatar name={botName} square size={30} />
        <div className={styles.card}>
          <MessageCard message_id={order.card.message_id} card={order.card.content} people={names} />
        </div>
      </div>
    </figure>
  )
}
