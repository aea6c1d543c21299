import { Search } from 'lucide-react'
import { useSearchParams } from 'wouter'
import type { GalleryGroup } from '#sandbox/gallery/shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './gallery.module.css'
import { englishGroup } from './group-names.ts'

export interface GroupFilterProps {
  groups: readonly GalleryGroup[]
  /** '' shows all */
  group: string
  query: string
  onQuery: (query: string) => void
}

/** A search, and one group instead of all; the group is part of the address. */
export function GroupFilter({ groups, group, query, onQuery }: GroupFilterProps) {
  const t = useT()
  const [, setSearch] = useSearchParams()
  const choose = (id: string) =>
    setSearch((known) => {
      const next = new URLSearchParams(known)
      next.delete('card')
      if (id === '') next.delete('group')
      else next.set('group', id)
      return next
    })
  return (
    <>
      <label className={styles.search}>
        <Search size={15} aria-hidden />
        <input
          type="search"
          value={query}
          placeholder={t('搜索标题、说明或 JSON', 'Search titles, words or JSON')}
          aria-label={t('搜索卡片', 'Search the cards')}
          onChange={(event) => onQuery(event.target.value)}
        />
      </label>
      <nav className={styles.groups} aria-label={t('分组', 'Groups')}>
        {[{ id: '', title: t('全部', 'All') }, ...groups].map(({ id, title }) => (
          <button key={id} type="button" aria-pressed={id === group} onClick={() => choose(id)}>
            {t(title, englishGroup({ id, title }))}
          </button>
        ))}
      </nav>
    </>
  )
}
