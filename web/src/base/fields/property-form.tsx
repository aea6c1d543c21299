import type { ReactNode } from 'react'
import type { WebBase, WebProperty } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { isLink, isSelect, types } from '../cells/types.ts'
import type { FieldKind } from './field-kinds.ts'
import styles from './fields.module.css'
import { OptionsForm } from './options-form.tsx'
import { SerialForm } from './serial-form.tsx'

export interface PropertyFormProps {
  base: WebBase
  kind: FieldKind
  property: WebProperty
  onChange(property: WebProperty): void
}

const decimals = ['0', '0.0', '0.00', '0.000', '0.0000']
const numbers = [...decimals, '1,000', '1,000.00', '%', '0.00%', '¥', '¥0.00', '$', '$0.00']
const progress = ['0%', '0.0%', '0.00%', '0', '0.0', '0.00']
const dates = [
  'yyyy/MM/dd',
  'yyyy/MM/dd HH:mm',
  'yyyy-MM-dd',
  'yyyy-MM-dd HH:mm',
  'MM-dd',
  'MM/dd/yyyy',
  'dd/MM/yyyy',
]
const currencies =
  'CNY USD EUR GBP AED AUD BRL CAD CHF HKD INR IDR JPY KRW MOP MXN MYR PHP PLN RUB SGD THB TRY TWD VND'.split(
    ' ',
  )
const symbols: readonly (readonly [string, string])[] = [
  ['star', '★'],
  ['heart', '♥'],
  ['thumbsup', '👍'],
  ['fire', '🔥'],
  ['smile', '🙂'],
  ['lightning', '⚡'],
  ['flower', '🌼'],
  ['number', '123'],
]

/** What a field of a kind can be set to. */
export function PropertyForm(props: PropertyFormProps) {
  const { kind, property, onChange } = props
  const t = useT()
  if (isSelect(kind.type))
    return (
      <OptionsForm
        options={property.options ?? []}
        onChange={(options) => onChange({ ...property, options })}
      />
    )
  if (kind.type === types.number) return <NumberForm {...props} />
  if (isLink(kind.type)) return <LinkForm {...props} />
  if (kind.type === types.autoNumber) return <SerialForm property={property} onChange={onChange} />
  if (kind.type === types.dateTime || kind.type === types.createdTime || kind.type === types.modifiedTime)
    return (
      <>
        <Choice
          label={t('日期格式', 'Format')}
          value={property.date_formatter ?? 'yyyy/MM/dd'}
          options={dates}
          onChoose={(date_formatter) => onChange({ ...property, date_formatter })}
        />
        {kind.type === types.dateTime ? (
          <Flag
            label={t('添加记录时自动填入当时', 'Fill in the time a record is added')}
            on={property.auto_fill === true}
            onChange={(auto_fill) => onChange({ ...property, auto_fill })}
          />
        ) : null}
      </>
    )
  if (kind.type === types.user || kind.type === types.groupChat)
    return (
      <Flag
        label={
          kind.type === types.user
            ? t('允许添加多个成员', 'Several people')
            : t('允许添加多个群组', 'Several groups')
        }
        on={property.multiple !== false}
        onChange={(multiple) => onChange({ ...property, multiple })}
      />
    )
  if (kind.type === types.formula)
    return (
      <label>
        {t('公式', 'Formula')}
        <textarea
          rows={3}
          className={styles.mono}
          value={property.formula_expression ?? ''}
          onChange={(event) => onChange({ ...property, formula_expression: event.target.value })}
        />
      </label>
    )
  if (kind.type === types.location)
    return (
      <Flag
        label={t('只允许移动端实时定位', 'Mobile positions only')}
        on={property.location?.input_type === 'only_mobile'}
        onChange={(on) => onChange({ location: { input_type: on ? 'only_mobile' : 'not_limit' } })}
      />
    )
  return null
}

function NumberForm({ kind, property, onChange }: PropertyFormProps) {
  const t = useT()
  const format = (options: readonly string[]) => (
    <Choice
      label={t('格式', 'Format')}
      value={property.formatter ?? options[0] ?? '0'}
      options={options}
      onChoose={(formatter) => onChange({ ...property, formatter })}
    />
  )
  if (kind.ui_type === 'Currency')
    return (
      <>
        <Choice
          label={t('币种', 'Currency')}
          value={property.currency_code ?? 'CNY'}
          options={currencies}
          onChoose={(currency_code) => onChange({ ...property, currency_code })}
        />
        {format(decimals)}
      </>
    )
  if (kind.ui_type === 'Progress')
    return (
      <>
        {format(progress)}
        <Flag
          label={t('自定义进度条范围', 'Own range')}
          on={property.range_customize === true}
          onChange={(on) => onChange({ ...property, range_customize: on, min: 0, max: on ? 100 : 1 })}
        />
        {property.range_customize ? (
          <div className={styles.pair}>
            <NumberInput
              label={t('起始值', 'From')}
              value={property.min ?? 0}
              onChange={(min) => onChange({ ...property, min })}
            />
            <NumberInput
              label={t('目标值', 'To')}
              value={property.max ?? 100}
              onChange={(max) => onChange({ ...property, max })}
            />
          </div>
        ) : null}
      </>
    )
  if (kind.ui_type === 'Rating')
    return (
      <>
        <Choice
          label={t('图标', 'Symbol')}
          value={property.rating?.symbol ?? 'star'}
          options={symbols.map(([id]) => id)}
          names={Object.fromEntries(symbols)}
          onChoose={(symbol) => onChange({ ...property, rating: { symbol } })}
        />
        <Choice
          label={t('最大值', 'Most')}
          value={String(property.max ?? 5)}
          options={['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']}
          onChoose={(max) => onChange({ ...property, max: Number(max) })}
        />
      </>
    )
  return format(numbers)
}

function LinkForm({ base, kind, property, onChange }: PropertyFormProps) {
  const t = useT()
  const names = Object.fromEntries(base.tables.map((table) => [table.table_id, table.name]))
  return (
    <>
      <Choice
        label={t('关联到', 'Linked table')}
        value={property.table_id ?? ''}
        options={['', ...Object.keys(names)]}
        names={{ ...names, '': t('请选择数据表', 'Choose a table') }}
        onChoose={(table_id) => onChange({ ...property, table_id })}
      />
      <Flag
        label={t('允许关联多条记录', 'Several records')}
        on={property.multiple !== false}
        onChange={(multiple) => onChange({ ...property, multiple })}
      />
      {kind.type === types.duplexLink ? (
        <label>
          {t('对方表中的字段名', 'Name in the other table')}
          <input
            value={property.back_field_name ?? ''}
            onChange={(event) => {
              const { back_field_name: _, ...rest } = property
              onChange(event.target.value === '' ? rest : { ...rest, back_field_name: event.target.value })
            }}
          />
        </label>
      ) : null}
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: readonly string[]
  names?: Record<string, string>
  onChoose(value: string): void
}

export function Choice({ label, value, options, names = {}, onChoose }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {names[option] ?? option}
          </option>
        ))}
      </select>
    </label>
  )
}

export function Flag({
  label,
  on,
  onChange,
}: {
  label: ReactNode
  on: boolean
  onChange(on: boolean): void
}) {
  return (
    <label className={styles.flag}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}

function NumberInput({
  label,
  value,
  onChange,
}: {
  label: string
  value: number
  onChange(value: number): void
}) {
  return (
    <label>
      {label}
      <input type="number" value={value} onChange={(event) => onChange(Number(event.target.value))} />
    </label>
  )
}
