import { type MouseEvent, useMemo } from 'react'
import { useLanguage } from '../shell/language.tsx'
import styles from './card.module.css'
import { CardContext, type CardStyle, type CardWorld, quietWorld } from './context.ts'
import { Elements } from './elements.tsx'
import { CardHeader } from './header.tsx'
import { type CardObject, isObject, objectOf, textOf } from './json.ts'
import { deviceLink, openLink } from './links.ts'
import { edgesOf, layoutOf } from './sizes.ts'
import { modernCard } from './upgrade-card.ts'

export interface CardProps {
  /** card JSON 2.0 or 1.0, as it was sent */
  card: unknown
  context?: CardWorld
}

/** A card as Feishu's client shows it. */
export function Card({ card, context = quietWorld }: CardProps) {
  const { language } = useLanguage()
  const local = language === 'zh' ? 'zh_cn' : 'en_us'
  const shown = useMemo(() => modernCard(objectOf(card), local), [card, local])
  const setting = { ...context, ...styleOf(shown, context, local) }
  const config = objectOf(shown.config)
  const body = objectOf(shown.body)
  const link = isObject(shown.card_link) ? deviceLink(shown.card_link, context.device, 'url') : undefined
  const follow = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : undefined
    if (link !== undefined && !target?.closest('button, a, input, textarea, [role], dialog')) openLink(link)
  }
  return (
    <CardContext value={setting}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the link below is the keyboard's way */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: pressing anywhere on the card follows its link, as in Feishu */}
      <div
        className={`${styles.card} ${link === undefined ? '' : styles.linked}`}
        data-card={textOf(shown.schema) ?? '1.0'}
        data-width={textOf(config.width_mode) ?? 'default'}
        onClick={follow}
      >
        {isObject(shown.header) ? <CardHeader header={shown.header} /> : null}
        <div className={styles.body} style={{ ...layoutOf(body), padding: edgesOf(body.padding) }}>
          <Elements list={body.elements} />
        </div>
        {link === undefined ? null : (
          <a className="visually-hidden" href={link} target="_blank" rel="noopener noreferrer">
            {local === 'zh_cn' ? '打开卡片链接' : 'Open the card'}
          </a>
        )}
      </div>
    </CardContext>
  )
}

/** Colours and text sizes a card defines for itself. Feishu docs: config.style. */
function styleOf(card: CardObject, world: CardWorld, language: CardStyle['language']): CardStyle {
  const style = objectOf(objectOf(card.config).style)
  const read = (group: unknown, pick: (value: CardObject) => unknown) =>
    Object.fromEntries(
      Object.entries(objectOf(group)).flatMap(([name, value]) => {
        const text = textOf(pick(objectOf(value)))
        return text === undefined ? [] : [[name, text]]
      }),
    )
  const screen = world.device === 'pc' ? 'pc' : 'mobile'
  return {
    language,
    colors: read(style.color, (value) => value.light_mode),
    textSizes: read(style.text_size, (value) => value[screen] ?? value.default),
  }
}
