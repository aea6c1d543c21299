// biome-ignore-all lint/a11y/useSemanticElements: a grid that draws only what is on screen is made of roles, not of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself keeps the focus and moves a cursor
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { WebBase, WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { CellView } from '../cells/cell-view.tsx'
import { cellText } from '../cells/format.ts'
import styles from './grid.module.css'
import type { Item } from './items.ts'

export interface GroupLineProps {
  base: WebBase
  field: WebField | undefined
  item: Extract<Item, { kind: 'group' }>
  top: number
  width: number
  onToggle: () => void
}

/** The heading of a group: its value and how many records it has; a press folds it. */
export function GroupLine({ base, field, item, top, width, onToggle }: GroupLineProps) {
  const t = useT()
  if (!field) return null
  const name = cellText(field, item.value, base.time_zone) || t('（空）', '(empty)')
  const Arrow = item.collapsed ? ChevronRight : ChevronDown
  return (
    <div role="row" className={styles.groupLine} style={{ top, width }}>
      <div role="rowheader" className={styles.group} style={{ paddingLeft: 8 + item.level * 20 }}>
        <button
          type="button"
          aria-expanded={!item.collapsed}
          aria-label={t(`分组 ${name}`, `Group ${name}`)}
          onClick={onToggle}
        >
          <Arrow size={16} />
        </button>
        <small>{field.name}</small>
        {item.value === null ? (
          <span className={styles.emptyGroup}>{name}</span>
        ) : (
          <CellView app={base.app_token} field={field} cell={item.value} zone={base.time_zone} />
        )}
        <span className={styles.groupCount}>{item.count.toLocaleString('en-US')}</span>
      </div>
    </div>
  )
}
