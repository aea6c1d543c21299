import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { WebCondition, WebFilter } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { FieldIcon } from '../cells/field-icon.tsx'
import { isDate } from '../cells/types.ts'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { ConditionValue } from './condition-value.tsx'
import { isComplete, oneDayWords, operatorName, operatorsFor } from './operators.ts'
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
      {drafts.map((draft) => {
        const field = fields.find((one) => one.field_id === draft.field_id)
        return (
          <div key={draft.key} className={styles.condition}>
            {field ? <FieldIcon field={field} /> : null}
            <select
              aria-label={t('字段', 'Field')}
              value={draft.field_id}
              onChange={(event) => {
                const next = fields.find((one) => one.field_id === event.target.value)
                if (next)
                  change(draft.key, {
                    field_id: next.field_id,
                    operator: operatorsFor(next)[0] ?? 'is',
                    values: [],
                  })
              }}
            >
              {fields.map((one) => (
                <option key={one.field_id} value={one.field_id}>
                  {one.name}
                </option>
              ))}
            </select>
            {field ? (
              <select
                aria-label={t('条件', 'Operator')}
                value={draft.operator}
                onChange={(event) =>
                  change(draft.key, {
                    operator: event.target.value,
                    values: keptValues(field, event.target.value, draft),
                  })
                }
              >
                {operatorsFor(field).map((operator) => (
                  <option key={operator} value={operator}>
                    {operatorName(operator, field, t)}
                  </option>
                ))}
              </select>
            ) : null}
            {field ? (
              <ConditionValue
                base={base}
                field={field}
                operator={draft.operator}
                values={draft.values}
                onChange={(values) => change(draft.key, { values })}
              />
            ) : null}
            <button
              type="button"
              className={styles.icon}
              aria-label={t('移除条件', 'Remove condition')}
              onClick={() => save(drafts.filter((one) => one !== draft))}
            >
              <X size={15} />
            </button>
          </div>
        )
      })}
      <Button small look="text" onClick={add} disabled={fields.length === 0 || drafts.length >= 50}>
        <Plus size={14} aria-hidden />
        {t('添加条件', 'Add condition')}
      </Button>
    </div>
  )
}

/** What a changed operator can keep of the values. */
function keptValues(
  field: Parameters<typeof operatorsFor>[0],
  operator: string,
  { values, operator: before }: WebCondition,
): string[] {
  if (operator === 'isEmpty' || operator === 'isNotEmpty') return []
  if (
    isDate(field.type) &&
    operator !== 'is' &&
    values[0] !== 'ExactDate' &&
    !oneDayWords.includes(values[0] ?? '')
  )
    return []
  const single = operator === 'is' || operator === 'isNot'
  return single && before !== operator && values[0] !== 'ExactDate' ? values.slice(0, 1) : values
}
