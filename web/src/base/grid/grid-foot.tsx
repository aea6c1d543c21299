import { Plus } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './grid.module.css'

/** How many records the view has, and one more. */
export function GridFoot({ table, total, onAdd }: ViewProps & { total: number; onAdd: () => void }) {
  const t = useT()
  const count = total.toLocaleString('en-US')
  return (
    <footer className={styles.foot}>
      {table.may.add ? (
        <button type="button" className={styles.footAdd} onClick={onAdd}>
          <Plus size={15} aria-hidden />
          {t('添加记录', 'Add record')}
        </button>
      ) : null}
      <span>{t(`共 ${count} 条记录`, `${count} records`)}</span>
    </footer>
  )
}

/** Why there is no row, and what to do about it. */
export function NoRows({ base, table, view }: ViewProps) {
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  const filtered = view.filter !== null
  return (
    <div className={styles.none}>
      <Empty
        title={
          filtered
            ? t('没有符合筛选条件的记录', 'No record meets the filter')
            : t('还没有记录', 'No records yet')
        }
      >
        {filtered && table.may.views ? (
          <Button small onClick={() => structure.changeView(view.view_id, { filter: null })}>
            {t('清除筛选', 'Clear the filter')}
          </Button>
        ) : null}
      </Empty>
    </div>
  )
}
