import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Gallery, RefusedCard } from '#sandbox/gallery/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import styles from './gallery.module.css'
import { GroupFilter } from './group-filter.tsx'
import { JsonView } from './json-view.tsx'

const longestShown = 6_000

/** Every wrong card with what the send API answers. */
export function RefusedTab({ gallery }: { gallery: Gallery }) {
  const t = useT()
  const [search] = useSearchParams()
  const [query, setQuery] = useState('')
  const group = search.get('group') ?? ''
  const shown = gallery.refused.filter(
    (one) =>
      (group === '' || one.group === group) &&
      `${one.id} ${one.title} ${one.msg} ${one.content}`.toLowerCase().includes(query.toLowerCase()),
  )
  return (
    <>
      <div className={styles.tools}>
        <GroupFilter groups={gallery.refusedGroups} group={group} query={query} onQuery={setQuery} />
      </div>
      {shown.length === 0 ? <Empty title={t('没有这样的卡片', 'No such card')} /> : null}
      <div className={styles.refusals}>
        {shown.map((one) => (
          <Refusal key={one.id} refused={one} />
        ))}
      </div>
    </>
  )
}

function Refusal({ refused }: { refused: RefusedCard }) {
  const t = useT()
  return (
    <article className={styles.refusal} data-refused={refused.id} aria-label={refused.title}>
      <h3 className={styles.name}>{refused.title}</h3>
      <p className={styles.answer}>
        <b>{refused.code}</b> <span>{refused.msg}</span>
      </p>
      <footer>
        <JsonView text={pretty(refused.content).slice(0, longestShown)} />
        <Link href={`/gallery?tab=editor&card=${refused.id}`}>
          {t('在编辑器里打开', 'Open in the editor')}
        </Link>
      </footer>
    </article>
  )
}

export function pretty(content: string): string {
  try {
    return JSON.stringify(JSON.parse(content), null, 2)
  } catch {
    return content
  }
}
