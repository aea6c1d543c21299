import { X } from 'lucide-react'
import type { WebBase, WebCondition, WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { FieldIcon } from '../cells/field-icon.tsx'
import { isDate } from '../cells/types.ts'
import { ConditionValue } from './condition-value.tsx'
import { oneDayWords, operatorName, operatorsFor } from './operators.ts'
import styles from './toolbar.module.css'

export interface ConditionRowProps {
  base: WebBase
  /** Those that can be filtered. */
  fields: readonly WebField[]
  condition: WebCondition
  onChange(part: Partial<WebCondition>): void
  onRemove: () => void
}

/** One condition: field, operator, value. */
export function ConditionRow({ base, fields, condition, onChange, onRemove }: ConditionRowProps) {
  const t = useT()
  const field = fields.find((one) => one.field_id === condition.field_id)
  const choose = (id: string) => {
    const next = fields.find((one) => one.field_id === id)
    if (next) onChange({ field_id: id, operator: operatorsFor(next)[0] ?? 'is', values: [] })
  }
  return (
    <div className={styles.condition}>
      {field ? <FieldIcon field={field} /> : null}
      <select
        aria-label={t('字段', 'Field')}
        value={condition.field_id}
        onChange={(event) => choose(event.target.value)}
      >
        {fields.map((one) => (
          <option key={one.field_id} value={one.field_id}>
            {one.name}
          </option>
        ))}
      </select>
      {field ? (
        <>
          <select
            aria-label={t('条件', 'Operator')}
            value={condition.operator}
            onChange={({ target }) =>
              onChange({ operator: target.value, values: keptValues(field, target.value, condition) })
            }
          >
            {operatorsFor(field).map((operator) => (
              <option key={operator} value={operator}>
                {operatorName(operator, field, t)}
              </option>
            ))}
          </select>
          <ConditionValue
            base={base}
            field={field}
            operator={condition.operator}
            values={condition.values}
            onChange={(values) => onChange({ values })}
          />
        </>
      ) : null}
      <button
        type="button"
        className={styles.icon}
        aria-label={t('移除条件', 'Remove condition')}
        onClick={onRemove}
      >
        <X size={15} />
      </button>
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
