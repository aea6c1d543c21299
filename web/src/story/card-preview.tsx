import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import styles from './card-preview.module.css'

/** The words of a card, as it stands in its group. */
export function CardPreview({ chat, lines }: { chat: string; lines: readonly string[] }) {
  const t = useT()
  const { botName } = useSession()
  const [title, ...rest] = lines
  return (
    <figure className={styles.chat} aria-label={t('群里的卡片', 'The card in the group')}>
      <figcaption>{chat}</figcaption>
      <div className={styles.message}>
        <Avatar name={botName} square size={30} />
        <div className={styles.card}>
          <strong>{title}</strong>
          <ul>
            {rest.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a card have no identity but their place
              <li key={index}>{line}</li>
            ))}
          </ul>
        </div>
      </div>
    </figure>
  )
}
