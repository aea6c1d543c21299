import type { WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { addressOf } from '../api/client.ts'
import { Card } from '../cards/card.tsx'
import { quietWorld } from '../cards/context.ts'
import styles from './content.module.css'

const world = {
  ...quietWorld,
  image: (key: string) => addressOf(`messenger/images/${encodeURIComponent(key)}`),
}

/** A card message. */
export function CardContent({ message }: { message: WebMessage }) {
  return (
    <div className={styles.card}>
      <Card card={message.content} context={world} />
    </div>
  )
}
