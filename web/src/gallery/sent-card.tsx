import { useSearchParams } from 'wouter'
import type { SentCard } from '#sandbox/gallery/shapes.ts'
import { send } from '../api/client.ts'
import { useWeb } from '../api/query.ts'
import { MessageCard } from '../cards/message-card.tsx'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { useTry } from '../ui/toast.tsx'
import styles from './gallery.module.css'

/** Sends the card into a group, so that it can be pressed and the app answers. */
export function SendButton({ content, disabled }: { content: string; disabled: boolean }) {
  const t = useT()
  const attempt = useTry()
  const [, setSearch] = useSearchParams()
  const press = () =>
    attempt(async () => {
      const { message_id } = await send<SentCard>('POST', 'gallery/send', { content })
      setSearch((known) => {
        const next = new URLSearchParams(known)
        next.set('sent', message_id)
        return next
      })
    })
  return (
    <Button look="primary" disabled={disabled} onClick={press}>
      {t('发到群里试按', 'Send it to a group')}
    </Button>
  )
}

/** The card that was sent, as it is now: pressing it calls the app. */
export function SentCardView({ messageId }: { messageId: string }) {
  const t = useT()
  const path = `gallery/sent/${encodeURIComponent(messageId)}`
  const { data, error } = useWeb<SentCard>(path, ['im-shown', 'contact'])
  if (error) return <p className={styles.answer}>{error.message}</p>
  if (data === undefined) return null
  return (
    <section aria-label={t('已发到群里的卡片', 'The card in the group')} className={styles.sent}>
      <strong>
        {t(`在「${data.chat_name}」里，按下会真正回调应用`, `In “${data.chat_name}”: presses reach the app`)}
      </strong>
      <MessageCard
        message_id={data.message_id}
        card={data.card}
        people={data.people}
        members={data.members}
      />
    </section>
  )
}
