import { Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import type { useEdits } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './grid.module.css'

export interface CheckedBarProps extends ViewProps {
  ids: ReadonlySet<string>
  edits: ReturnType<typeof useEdits>
  onClear: () => void
}

/** What can be done with the ticked records. */
export function CheckedBar({ table, ids, edits, onClear }: CheckedBarProps) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  if (ids.size === 0) return null
  const count = ids.size.toLocaleString('en-US')
  const remove = async () => {
    const all = [...ids]
    let done = true
    for (let from = 0; done && from < all.length; from += 500)
      done = await edits.remove(all.slice(from, from + 500))
    if (done) onClear()
  }
  return (
    <div className={styles.checkedBar} role="toolbar" aria-label={t('已选记录', 'Selected records')}>
      <span>{t(`已选 ${count} 条`, `${count} selected`)}</span>
      {table.may.delete ? (
        <Button small look="danger" onClick={() => setAsking(true)}>
          <Trash2 size={14} aria-hidden />
          {t('删除', 'Delete')}
        </Button>
      ) : null}
      <button
        type="button"
        className={styles.icon}
        aria-label={t('取消选择', 'Clear selection')}
        onClick={onClear}
      >
        <X size={16} />
      </button>
      {asking ? (
        <ConfirmDialog
          title={t(`删除 ${count} 条记录？`, `Delete ${count} records?`)}
          text={t('删除后，所有人都看不到这些记录。', 'Nobody will see these records any more.')}
          onClose={() => setAsking(false)}
          onDelete={remove}
        />
      ) : null}
    </div>
  )
}
