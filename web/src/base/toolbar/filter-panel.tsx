import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { WebCondition, WebFilter } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { ConditionRow } from './condition-row.tsx'
import { isComplete, operatorsFor } from './operators.ts'
import styles from './toolbar.module.css'

type Draft = WebCondition & { key: number }

/** The conditions of a view. What is complete is saved at once; the rest waits for its value. */
export function FilterPanel(props: ViewProps) {
  const { base, table, view } = props
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  const [conjunction, setConjunction] = useState(view.filter?.conjunction ?? 'and')
  const [drafts, setDrafts] = useState<Draft[]>(() =>
    (view.filter?.conditions ?? []).map((condition, key) => ({ ...condition, key })),
  )
  const fields = table.fields.filter((field) => operatorsFor(field).length > 0)
  const save = (next: readonly Draft[], how: WebFilter['conjunction'] = conjunction) => {
    setDrafts([...next])
    const conditions = next
      .filter(({ field_id, operator, values }) => {
        const field = fields.find((one) => one.field_id === field_id)
        return field !== undefined && isComplete(field, operator, values)
      })
      .map(({ field_id, operator, values }) => ({ field_id, operator, values }))
    const filter = conditions.length === 0 ? null : { conjunction: how, conditions }
    if (JSON.stringify(filter) !== JSON.stringify(view.filter))
      void structure.changeView(view.view_id, { filter })
  }
  const change = (key: number, part: Partial<WebCondition>) =>
    save(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)))
  const add = () => {
    const [field] = fields
    if (!field) return
    const key = Math.max(-1, ...drafts.map((draft) => draft.key)) + 1
    save([...drafts, { key, field_id: field.field_id, operator: operatorsFor(field)[0] ?? 'is', values: [] }])
  }
  return (
    <div className={styles.panel}>
      <div className={styles.panelHead}>
        <strong>{t('设置筛选条件', 'Filter')}</strong>
        {drafts.length > 1 ? (
          <label>
            {t('符合以下', 'Meets')}
            <select
              aria-label={t('条件关系', 'Conjunction')}
              value={conjunction}
              onChange={(event) => {
                const how = event.target.value === 'or' ? 'or' : 'and'
                setConjunction(how)
                save(drafts, how)
              }}
            >
              <option value="and">{t('所有', 'all')}</option>
              <option value="or">{t('任一', 'any')}</option>
            </select>
            {t('条件', '')}
          </label>
        ) : null}
      </div>
      {drafts.length === 0 ? <p className={styles.hint}>{t('还没有筛选条件', 'No conditions yet')}</p> : null}
      {drafts.map((draft) => (
        <ConditionRow
          key={draft.key}
          base={base}
          fields={fields}
          condition={draft}
          onChange={(part) => change(draft.key, part)}
          onRemove={() => save(drafts.filter((one) => one !== draft))}
        />
      ))}
      <Button small look="text" onClick={add} disabled={fields.length === 0 || drafts.length >= 50}>
        <Plus size={14} aria-hidden />
        {t('添加条件', 'Add condition')}
      </Button>
    </div>
  )
}
