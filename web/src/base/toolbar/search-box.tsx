import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { WebFound } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { type RowPlace, tablePath, viewQuery } from '../sync/base-data.ts'
import styles from './toolbar.module.css'

export interface SearchState {
  text: string
  setText(text: string): void
  /** Number of found records; undefined while nothing is searched or the answer is awaited. */
  count: number | undefined
  /** Which one is shown. */
  at: number
  step(by: 1 | -1): void
  /** Place of the shown record in the view's order. */
  place: number | undefined
  /** What is marked in the cells. */
  found: string
}

const settleMs = 200

/** Searches a view's records; the result shown follows the view's order. */
export function useSearch(place: RowPlace): SearchState {
  const [text, setText] = useState('')
  const [found, setFound] = useState('')
  const [at, setAt] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => setFound(text.trim()), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  const path =
    found === ''
      ? null
      : `${tablePath(place.app, place.table.table_id)}/find?${viewQuery(place)}&text=${encodeURIComponent(found)}`
  const { data } = useWeb<WebFound>(path, place.table.parts)
  const places = found === '' ? [] : (data?.places ?? [])
  const current = places.length === 0 ? 0 : Math.min(at, places.length - 1)
  return {
    text,
    setText(next) {
      setAt(0)
      setText(next)
    },
    count: found === '' || !data ? undefined : places.length,
    at: current,
    step: (by) => setAt((current + by + places.length) % Math.max(1, places.length)),
    place: places[current],
    found,
  }
}

export function SearchBox({ text, setText, count, at, step }: SearchState) {
  const t = useT()
  return (
    <search className={styles.search}>
      <Search size={14} aria-hidden />
      <input
        type="text"
        aria-label={t('搜索记录', 'Search records')}
        placeholder={t('搜索', 'Search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
          if (event.key === 'Escape') setText('')
        }}
      />
      {text === '' ? null : (
        <>
          <span className={styles.found} role="status">
            {count === undefined ? '' : count === 0 ? t('无结果', 'none') : `${at + 1}/${count}`}
          </span>
          <button
            type="button"
            className={styles.icon}
            aria-label={t('上一个', 'Previous')}
            disabled={!count}
            onClick={() => step(-1)}
          >
            <ChevronUp size={15} />
          </button>
          <button
            type="button"
            className={styles.icon}
            aria-label={t('下一个', 'Next')}
            disabled={!count}
            onClick={() => step(1)}
          >
            <ChevronDown size={15} />
          </button>
          <button
            type="button"
            className={styles.icon}
            aria-label={t('清除搜索', 'Clear search')}
            onClick={() => setText('')}
          >
            <X size={14} />
          </button>
        </>
      )}
    </search>
  )
}
