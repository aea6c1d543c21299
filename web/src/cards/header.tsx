import styles from './card.module.css'
import { headerTagColors, templateColors } from './colors.ts'
import { useCard } from './context.ts'
import { type CardObject, isObject, objectOf, objectsOf, textOf } from './json.ts'
import { CardIcon } from './parts/icon.tsx'
import { CardText, useWords } from './parts/text.tsx'
import { edgesOf } from './sizes.ts'

const shownTags = 3

/** A card's header: icon, title, tags, subtitle, on the colour of its template. */
export function CardHeader({ header }: { header: CardObject }) {
  const words = useWords()
  const { background, color } = templateColors(header.template)
  const title = objectOf(header.title)
  const subtitle = isObject(header.subtitle) && words(header.subtitle) !== '' ? header.subtitle : undefined
  return (
    <header
      className={styles.header}
      style={{ background, padding: edgesOf(header.padding) }}
      data-template={textOf(header.template) ?? 'default'}
    >
      {isObject(header.icon) ? (
        <span style={{ color }} className={styles.headerIcon}>
          <CardIcon icon={header.icon} size={20} />
        </span>
      ) : null}
      <div className={styles.headerTexts}>
        <div className={styles.titleLine}>
          <h3 className={styles.title} style={{ color }}>
            <CardText text={{ ...title, text_size: 'heading', lines: 4 }} style={{ color }} />
          </h3>
          <HeaderTags header={header} />
        </div>
        {subtitle ? (
          <div className={styles.subtitle}>
            <CardText text={{ ...subtitle, text_size: 'notation', lines: 1 }} />
          </div>
        ) : null}
      </div>
    </header>
  )
}

function HeaderTags({ header }: { header: CardObject }) {
  const words = useWords()
  const { language } = useCard()
  const local = objectOf(header.i18n_text_tag_list)[language]
  const tags = objectsOf(Array.isArray(local) ? local : header.text_tag_list).slice(0, shownTags)
  if (tags.length === 0) return null
  return (
    <div className={styles.tags}>
      {tags.map((tag) => (
        <span
          key={JSON.stringify(tag)}
          className={styles.tag}
          style={headerTagColors(tag.color)}
          data-tag="text_tag"
          data-color={textOf(tag.color) ?? 'blue'}
        >
          {words(tag.text)}
        </span>
      ))}
    </div>
  )
}
