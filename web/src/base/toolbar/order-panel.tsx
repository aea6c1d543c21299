import { Plus, X } from 'lucide-react'
import type { WebField, WebOrder } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { FieldIcon } from '../cells/field-icon.tsx'
import { isOrderable, types } from '../cells/types.ts'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './toolbar.module.css'

const most = { sort: 10, group: 3 }

/** The fields a view is sorted or grouped by, first to last. */
export function OrderPanel({ kind, ...props }: ViewProps & { kind: 'sort' | 'group' }) {
  const { base, table, view } = props
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  const orders = view.layout[kind]
  const put = (next: WebOrder[]) => void structure.changeLayout(view.view_id, { [kind]: next })
  const fields = table.fields.filter(
    (field) => isOrderable(field.type) && (kind === 'sort' || field.type !== types.attachment),
  )
  const free = fields.filter((field) => !orders.some((order) => order.field_id === field.field_id))
  const title = kind === 'sort' ? t('设置排序条件', 'Sort') : t('设置分组条件', 'Group')
  return (
    <div className={styles.panel}>
      <div className={styles.panelHead}>
        <strong>{title}</strong>
      </div>
      {orders.map((order, i) => (
        <OrderRow
          key={order.field_id}
          order={order}
          fields={fields.filter((one) => one.field_id === order.field_id || free.includes(one))}
          onChange={(part) => put(orders.map((one, at) => (at === i ? { ...one, ...part } : one)))}
          onRemove={() => put(orders.filter((one) => one !== order))}
        />
      ))}
      {orders.length === 0 ? (
        <div className={styles.pick}>
          {fields.map((field) => (
            <button
              key={field.field_id}
              type="button"
              onClick={() => put([{ field_id: field.field_id, desc: false }])}
            >
              <FieldIcon field={field} />
              {field.name}
            </button>
          ))}
        </div>
      ) : (
        <Button
          small
          look="text"
          disabled={free.length === 0 || orders.length >= most[kind]}
          onClick={() => free[0] && put([...orders, { field_id: free[0].field_id, desc: false }])}
        >
          <Plus size={14} aria-hidden />
          {t('添加条件', 'Add')}
        </Button>
      )}
    </div>
  )
}

interface OrderRowProps {
  order: WebOrder
  fields: readonly WebField[]
  onChange(part: Partial<WebOrder>): void
  onRemove: () => void
}

function OrderRow({ order, fields, onChange, onRemove }: OrderRowProps) {
  const t = useT()
  const field = fields.find((one) => one.field_id === order.field_id)
  return (
    <div className={styles.condition}>
      {field ? <FieldIcon field={field} /> : null}
      <select
        aria-label={t('字段', 'Field')}
        value={order.field_id}
        onChange={(event) => onChange({ field_id: event.target.value })}
      >
        {fields.map((one) => (
          <option key={one.field_id} value={one.field_id}>
            {one.name}
          </option>
        ))}
      </select>
      <span className={styles.ways}>
        {[false, true].map((desc) => (
          <button
            key={String(desc)}
            type="button"
            aria-pressed={order.desc === desc}
            onClick={() => onChange({ desc })}
          >
            {desc ? t('降序', 'Descending') : t('升序', 'Ascending')}
          </button>
        ))}
      </span>
      <button type="button" className={styles.icon} aria-label={t('移除', 'Remove')} onClick={onRemove}>
        <X size={15} />
      </button>
    </div>
  )
}
