import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { types } from '../cells/types.ts'
import { CardBody, cardTitle } from '../kanban/card-body.tsx'
import { CardSettings } from '../kanban/card-settings.tsx'
import { coverOf } from '../kanban/view.tsx'
import { useOutline, useRows, windowRows } from '../sync/base-data.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './gallery.module.css'

/** Records as cards with a picture on top. */
export default function GalleryView({ base, table, view, fields, openRecord }: ViewProps) {
  const t = useT()
  const [windows, setWindows] = useState(1)
  const place = { app: base.app_token, table, view }
  const outline = useOutline(place)
  const rows = useRows(
    place,
    Array.from({ length: windows }, (_, i) => i),
  )
  const error = outline.error ?? rows.error
  if (error) return <Empty title={t('画册打不开', 'The gallery cannot be opened')} text={error.message} />
  if (outline.data === undefined) return <Loading />
  const { total } = outline.data
  const cover =
    coverOf(table.fields, view.layout.cover) ?? fields.find((field) => field.type === types.attachment)
  const shown = fields.filter((field) => field.type !== types.attachment)
  const places = Array.from({ length: Math.min(total, windows * windowRows) }, (_, i) => i)
  return (
    <div className={styles.gallery}>
      <CardSettings base={base} table={table} view={view} />
      {total === 0 ? <Empty title={t('还没有记录', 'No records yet')} /> : null}
      <ul className={styles.grid} aria-label={t('画册', 'Gallery')}>
        {places.map((place) => {
          const row = rows.at(place)
          return (
            <li key={row?.record_id ?? place} className={styles.card}>
              {row ? (
                <button
                  type="button"
                  onClick={() => openRecord(row.record_id)}
                  aria-label={cardTitle(base, fields, row)}
                >
                  <CardBody base={base} row={row} fields={shown} cover={cover} most={5} named />
                </button>
              ) : (
                <span className={styles.waiting} />
              )}
            </li>
          )
        })}
      </ul>
      {windows * windowRows < total ? (
        <button type="button" className={styles.more} onClick={() => setWindows(windows + 1)}>
          {t(`已显示 ${places.length} / ${total} 条，加载更多`, `${places.length} of ${total}, show more`)}
        </button>
      ) : null}
    </div>
  )
}
