import type { WebProperty } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Choice } from './property-form.tsx'

const dateParts = ['', 'yyyyMMdd', 'yyyyMM', 'yyyy', 'MMdd', 'MM', 'dd']
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** How an AutoNumber is written: counted, or a text, a date and a padded number. */
export function SerialForm({
  property,
  onChange,
}: {
  property: WebProperty
  onChange(property: WebProperty): void
}) {
  const t = useT()
  const serial = property.auto_serial ?? { type: 'auto_increment_number' }
  const part = (type: string) => serial.options?.find((option) => option.type === type)?.value ?? ''
  const put = (change: { text?: string; date?: string; length?: string }) => {
    const text = change.text ?? part('fixed_text')
    const date = change.date ?? part('created_time')
    const length = change.length ?? (part('system_number') || '3')
    const options = [
      ...(text === '' ? [] : [{ type: 'fixed_text', value: text }]),
      ...(date === '' ? [] : [{ type: 'created_time', value: date }]),
      { type: 'system_number', value: length },
    ]
    onChange({ auto_serial: { type: 'custom', options } })
  }
  return (
    <>
      <Choice
        label={t('编号规则', 'Rule')}
        value={serial.type}
        options={['auto_increment_number', 'custom']}
        names={{ auto_increment_number: t('自增数字', 'Count up'), custom: t('自定义编号', 'Own format') }}
        onChoose={(type) => (type === 'custom' ? put({}) : onChange({ auto_serial: { type } }))}
      />
      {serial.type === 'custom' ? (
        <>
          <label>
            {t('固定字符', 'Text')}
            <input
              maxLength={20}
              value={part('fixed_text')}
              onChange={(event) => put({ text: event.target.value })}
            />
          </label>
          <Choice
            label={t('创建日期', 'Date')}
            value={part('created_time')}
            options={dateParts}
            names={{ '': t('无', 'none') }}
            onChoose={(date) => put({ date })}
          />
          <Choice
            label={t('自增数字位数', 'Digits')}
            value={part('system_number') || '3'}
            options={digits}
            onChoose={(length) => put({ length })}
          />
        </>
      ) : null}
    </>
  )
}
