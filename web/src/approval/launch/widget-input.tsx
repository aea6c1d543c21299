import type { ComponentType } from 'react'
import type { FormOption, FormWidget, LaunchForm } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../../shell/language.tsx'
import { ChosenPeople } from '../chosen-people.tsx'
import { currenciesOf, currencyOf, daysBetween, parts } from './draft.ts'
import { FileInput } from './file-input.tsx'
import styles from './launch.module.css'
import { RowsInput } from './rows-input.tsx'

export interface InputProps {
  launch: LaunchForm
  widget: FormWidget
  value: unknown
  warn: boolean
  onChange: (value: unknown) => void
}

const inputs: Readonly<Record<string, ComponentType<InputProps>>> = {
  input: TextInput,
  textarea: LongTextInput,
  number: NumberInput,
  amount: AmountInput,
  date: DateInput,
  dateInterval: IntervalInput,
  radio: RadioInput,
  radioV2: RadioInput,
  checkbox: CheckboxInput,
  checkboxV2: CheckboxInput,
  contact: ContactInput,
  department: DepartmentInput,
  connect: ConnectInput,
  document: DocumentInput,
  image: FileInput,
  imageV2: FileInput,
  attachmentV2: FileInput,
  telephone: TelephoneInput,
  address: AddressInput,
  fieldList: RowsInput,
}

/** One widget's input; types the sandbox cannot fill in say so. */
export function WidgetInput(props: InputProps) {
  const t = useT()
  const Input = inputs[props.widget.type]
  if (Input) return <Input {...props} />
  return (
    <p className={styles.note}>{t('沙箱不支持填写这个控件', 'The sandbox cannot fill in this widget')}</p>
  )
}

function TextInput({ widget, value, onChange }: InputProps) {
  return (
    <input
      aria-label={widget.name}
      placeholder={widget.placeholder}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function LongTextInput({ widget, value, onChange }: InputProps) {
  return (
    <textarea
      aria-label={widget.name}
      placeholder={widget.placeholder}
      rows={3}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function NumberInput({ widget, value, onChange }: InputProps) {
  return (
    <input
      type="number"
      inputMode="decimal"
      step="any"
      aria-label={widget.name}
      placeholder={widget.placeholder}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function AmountInput({ widget, value, onChange }: InputProps) {
  const t = useT()
  const { amount = '', currency = currencyOf(widget) } = parts(value)
  return (
    <span className={styles.row}>
      <input
        type="number"
        inputMode="decimal"
        step="0.01"
        aria-label={widget.name}
        placeholder={widget.placeholder ?? '0.00'}
        value={amount}
        onChange={(event) => onChange({ amount: event.target.value, currency })}
      />
      <select
        aria-label={t(`${widget.name}币种`, `Currency of ${widget.name}`)}
        value={currency}
        onChange={(event) => onChange({ amount, currency: event.target.value })}
      >
        {currenciesOf(widget).map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </span>
  )
}

function DateInput({ widget, value, onChange }: InputProps) {
  return (
    <input
      type="datetime-local"
      aria-label={widget.name}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function IntervalInput({ widget, value, onChange }: InputProps) {
  const t = useT()
  const { start = '', end = '' } = parts(value)
  return (
    <span className={styles.interval}>
      <input
        type="datetime-local"
        aria-label={t(`${widget.name}开始时间`, `${widget.name}: start`)}
        value={start}
        onChange={(event) => onChange({ start: event.target.value, end })}
      />
      <span>{t('至', 'to')}</span>
      <input
        type="datetime-local"
        aria-label={t(`${widget.name}结束时间`, `${widget.name}: end`)}
        value={end}
        min={start}
        onChange={(event) => onChange({ start, end: event.target.value })}
      />
      {start && end ? (
        <small>{t(`${daysBetween(start, end)} 天`, `${daysBetween(start, end)} days`)}</small>
      ) : null}
    </span>
  )
}

function optionsOf(widget: FormWidget): FormOption[] {
  return Array.isArray(widget.option) ? widget.option : []
}

function RadioInput({ widget, value, onChange }: InputProps) {
  return (
    <span className={styles.choices}>
      {optionsOf(widget).map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={widget.id}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.text}
        </label>
      ))}
    </span>
  )
}

function CheckboxInput({ widget, value, onChange }: InputProps) {
  const chosen = (value ?? []) as string[]
  return (
    <span className={styles.choices}>
      {optionsOf(widget).map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? [...chosen, option.value]
                  : chosen.filter((one) => one !== option.value),
              )
            }
          />
          {option.text}
        </label>
      ))}
    </span>
  )
}

function ContactInput({ widget, value, onChange }: InputProps) {
  return <ChosenPeople label={widget.name} multi chosen={(value ?? []) as string[]} onChange={onChange} />
}

interface Choice {
  id: string
  text: string
}

function SelectInput({
  label,
  value,
  choices,
  onChange,
}: {
  label: string
  value: unknown
  choices: Choice[]
  onChange: (id: string) => void
}) {
  const t = useT()
  return (
    <select aria-label={label} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('请选择', 'Choose')}</option>
      {choices.map(({ id, text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  )
}

function DepartmentInput({ launch, widget, value, onChange }: InputProps) {
  const choices = launch.departments.map(({ open_id, name }) => ({ id: open_id, text: name }))
  return <SelectInput label={widget.name} value={value} choices={choices} onChange={onChange} />
}

function ConnectInput({ launch, widget, value, onChange }: InputProps) {
  const [first] = (value ?? []) as string[]
  const choices = launch.connectable.map(({ instance_code, title }) => ({ id: instance_code, text: title }))
  return (
    <SelectInput
      label={widget.name}
      value={first}
      choices={choices}
      onChange={(code) => onChange(code ? [code] : [])}
    />
  )
}

function DocumentInput({ widget, value, onChange }: InputProps) {
  const t = useT()
  return (
    <input
      aria-label={widget.name}
      placeholder={t('粘贴文档链接', 'Paste a document link')}
      value={parts(value).link ?? ''}
      onChange={(event) => onChange({ link: event.target.value })}
    />
  )
}

function TelephoneInput({ widget, value, onChange }: InputProps) {
  const t = useT()
  const { countryCode = '+86', nationalNumber = '' } = parts(value)
  return (
    <span className={styles.row}>
      <select
        aria-label={t(`${widget.name}区号`, `Country code of ${widget.name}`)}
        value={countryCode}
        onChange={(event) => onChange({ countryCode: event.target.value, nationalNumber })}
      >
        {['+86', '+852', '+853', '+886', '+81', '+1'].map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <input
        type="tel"
        aria-label={widget.name}
        value={nationalNumber}
        onChange={(event) => onChange({ countryCode, nationalNumber: event.target.value })}
      />
    </span>
  )
}

function AddressInput({ launch, widget, value, onChange }: InputProps) {
  const t = useT()
  const { id = '', detailAddress = '' } = parts(value)
  const choices = launch.districts.map((one) => ({ id: one.id, text: one.name }))
  return (
    <span className={styles.row}>
      <SelectInput
        label={t(`${widget.name}地区`, `Region of ${widget.name}`)}
        value={id}
        choices={choices}
        onChange={(next) => onChange({ id: next, detailAddress })}
      />
      <input
        aria-label={widget.name}
        placeholder={t('详细地址', 'Street and number')}
        value={detailAddress}
        onChange={(event) => onChange({ id, detailAddress: event.target.value })}
      />
    </span>
  )
}
