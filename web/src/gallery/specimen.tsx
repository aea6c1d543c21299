import { Link } from 'wouter'
import type { GalleryCard } from '#sandbox/gallery/shapes.ts'
import { Card } from '../cards/card.tsx'
import type { CardWorld } from '../cards/context.ts'
import { useT } from '../shell/language.tsx'
import styles from './gallery.module.css'
import { JsonView } from './json-view.tsx'

export interface SpecimenProps {
  specimen: GalleryCard
  world: CardWorld
  isPhone: boolean
}

/** One card with its name, what it shows, and its JSON. */
export function Specimen({ specimen, world, isPhone }: SpecimenProps) {
  const t = useT()
  return (
    <article className={styles.specimen} data-specimen={specimen.id} aria-label={specimen.title}>
      <header>
        <h3 className={styles.name}>
          <Link href={`/gallery?card=${specimen.id}`}>{specimen.title}</Link>
        </h3>
        <p className={styles.words}>{specimen.shows}</p>
      </header>
      <div className={isPhone ? styles.phone : styles.stage}>
        <Card card={specimen.card} context={world} />
      </div>
      <footer>
        <JsonView text={JSON.stringify(specimen.card, null, 2)} />
        <Link href={`/gallery?tab=editor&card=${specimen.id}`}>
          {t('在编辑器里打开', 'Open in the editor')}
        </Link>
      </footer>
    </article>
  )
}
