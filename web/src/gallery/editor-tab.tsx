import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { CardCheck, Gallery } from '#sandbox/gallery/shapes.ts'
import { send } from '../api/client.ts'
import { Card } from '../cards/card.tsx'
import type { CardAction } from '../cards/context.ts'
import { useT } from '../shell/language.tsx'
import styles from './gallery.module.css'
import { galleryWorld } from './gallery-world.ts'
import { pretty } from './refused-tab.tsx'
import { SendButton, SentCardView } from './sent-card.tsx'

/** Any JSON: the card it makes, or what the send API would answer. */
export function EditorTab({ gallery }: { gallery: Gallery }) {
  const [search] = useSearchParams()
  const start = contentOf(gallery, search.get('card') ?? 'scene-new-order')
  return <Editor key={start} start={start} gallery={gallery} sent={search.get('sent')} />
}

function contentOf(gallery: Gallery, id: string): string {
  const valid = gallery.cards.find((one) => one.id === id)
  if (valid) return JSON.stringify(valid.card, null, 2)
  return pretty(gallery.refused.find((one) => one.id === id)?.content ?? '{}')
}

function Editor({ start, gallery, sent }: { start: string; gallery: Gallery; sent: string | null }) {
  const t = useT()
  const [text, setText] = useState(start)
  const [pressed, setPressed] = useState('')
  const settled = useDeferredValue(text)
  const { data: check } = useQuery({
    queryKey: ['card-check', settled],
    queryFn: () => send<CardCheck>('POST', 'gallery/check', { content: settled }),
    placeholderData: (previous) => previous,
  })
  const onPress = ({ element, ...values }: CardAction) =>
    setPressed(
      JSON.stringify(
        { tag: element.tag, name: element.name, behaviors: element.behaviors, ...values },
        null,
        2,
      ),
    )
  return (
    <div className={styles.editor}>
      <label className={styles.editorText}>
        <span>{t('卡片 JSON', 'Card JSON')}</span>
        <textarea
          value={text}
          spellCheck={false}
          aria-label={t('卡片 JSON', 'Card JSON')}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div className={styles.editorCard}>
        <Verdict check={check} />
        <SendButton content={settled} disabled={check?.ok !== true} />
        {sent === null ? null : <SentCardView messageId={sent} />}
        {check?.ok ? <Card card={parsed(settled)} context={galleryWorld(gallery, 'pc', onPress)} /> : null}
        {pressed === '' ? null : (
          <section aria-label={t('应用会收到', 'The app would get')} className={styles.pressed}>
            <strong>{t('应用会收到', 'The app would get')}</strong>
            <pre>{pressed}</pre>
          </section>
        )}
      </div>
    </div>
  )
}

function Verdict({ check }: { check: CardCheck | undefined }) {
  const t = useT()
  if (check === undefined) return null
  if (check.ok)
    return <p className={styles.accepted}>{t('平台接受这张卡片', 'The platform accepts this card')}</p>
  return (
    <p role="alert" className={styles.answer}>
      <b>{check.code}</b> <span>{check.msg}</span>
    </p>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
