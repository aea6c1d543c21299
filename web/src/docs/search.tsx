import { Search as SearchIcon } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { Link } from 'wouter'
import type { WebDocsHit } from '#sandbox/feishu/docs/web/docs-shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import styles from './docs.module.css'

/** Finds words in what the person may read. */
export function Search() {
  const t = useT()
  const [text, setText] = useState('')
  const query = useDeferredValue(text.trim())
  const { data } = useWeb<{ hits: WebDocsHit[] }>(
    query === '' ? null : `docs/search?q=${encodeURIComponent(query)}`,
    ['wiki', 'docx'],
  )
  const hits = query === '' ? undefined : data?.hits
  return (
    <div className={styles.search}>
      <label className={styles.box}>
        <SearchIcon size={15} aria-hidden />
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('搜索文档', 'Search')}
          aria-label={t('搜索文档', 'Search documents')}
          maxLength={50}
        />
      </label>
      {hits === undefined ? null : (
        <ul className={styles.hits} aria-label={t('搜索结果', 'Results')}>
          {hits.length === 0 ? <li className={styles.none}>{t('没有找到', 'Nothing found')}</li> : null}
          {hits.map((hit) => (
            <li key={hit.href}>
              <Link href={hit.href} onClick={() => setText('')}>
                <strong>{hit.title}</strong>
                <span>{hit.excerpt}</span>
                {hit.place ? <small>{hit.place}</small> : null}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
