import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Gallery, GalleryCard } from '#sandbox/gallery/shapes.ts'
import type { CardAction } from '../cards/context.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { useToast } from '../ui/toast.tsx'
import styles from './gallery.module.css'
import { galleryWorld } from './gallery-world.ts'
import { GroupFilter } from './group-filter.tsx'
import { englishGroup } from './group-names.ts'
import { Specimen } from './specimen.tsx'

/** Every valid card, by group, to be searched and looked at as on a phone. */
export function CardsTab({ gallery }: { gallery: Gallery }) {
  const t = useT()
  const show = useToast()
  const [search] = useSearchParams()
  const [query, setQuery] = useState('')
  const [isPhone, setPhone] = useState(false)
  const group = search.get('group') ?? ''
  const only = search.get('card') ?? ''
  const shown = gallery.cards.filter((one) => matches(one, { query, group, only }))
  const world = galleryWorld(gallery, isPhone ? 'android' : 'pc', (action) => show('info', wordsOf(action)))
  const groups = gallery.groups.filter(({ id }) => shown.some((one) => one.group === id))
  return (
    <>
      <div className={styles.tools}>
        <GroupFilter groups={gallery.groups} group={group} query={query} onQuery={setQuery} />
        <fieldset className={styles.devices} aria-label={t('预览宽度', 'Width')}>
          <button type="button" aria-pressed={!isPhone} onClick={() => setPhone(false)}>
            <Monitor size={15} aria-hidden /> {t('电脑', 'Computer')}
          </button>
          <button type="button" aria-pressed={isPhone} onClick={() => setPhone(true)}>
            <Smartphone size={15} aria-hidden /> {t('手机', 'Phone')}
          </button>
        </fieldset>
      </div>
      {shown.length === 0 ? <Empty title={t('没有这样的卡片', 'No such card')} /> : null}
      {groups.map(({ id, title }) => (
        <section key={id} className={styles.group}>
          <h2>{t(title, englishGroup({ id, title }))}</h2>
          <div className={styles.list}>
            {shown
              .filter((one) => one.group === id)
              .map((one) => (
                <Specimen key={one.id} specimen={one} world={world} isPhone={isPhone} />
              ))}
          </div>
        </section>
      ))}
    </>
  )
}

function matches(one: GalleryCard, wanted: { query: string; group: string; only: string }): boolean {
  if (wanted.only !== '') return one.id === wanted.only
  if (wanted.group !== '' && one.group !== wanted.group) return false
  const words = wanted.query.toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${one.id} ${one.title} ${one.shows} ${JSON.stringify(one.card)}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** What the app would be told. */
function wordsOf({ element, ...values }: CardAction): string {
  return `card.action.trigger ${JSON.stringify({ tag: element.tag, name: element.name, ...values })}`
}
