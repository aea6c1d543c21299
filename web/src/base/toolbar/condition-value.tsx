import { useState } from 'react'
import type { WebBase, WebField, WebRef } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { LinkChip, OptionChip, PersonChip } from '../cells/chips.tsx'
import { instantOf, wallTime } from '../cells/format.ts'
import { type Choice, ChoiceList } from '../editors/choice-list.tsx'
import { PanelButton } from '../menu.tsx'
import { dateWords, oneDayWords, valueKind } from './operators.ts'
import styles from './toolbar.module.css'

export interface ConditionValueProps {
  base: WebBase
  field: WebField
  operator: string
  values: readonly string[]
  onChange(values: string[]): void
}

/** What a condition compares with. */
export function ConditionValue(props: ConditionValueProps) {
  const { field, operator } = props
  const kind = valueKind(field, operator)
  if (kind === 'none') return <span className={styles.noValue} />
  if (kind === 'check') return <CheckValue {...props} />
  if (kind === 'date') return <DateValue {...props} />
  if (kind === 'options') return <OptionValue {...props} />
  if (kind === 'people') return <PeopleValue {...props} />
  if (kind === 'groups') return <GroupValue {...props} />
  if (kind === 'records') return <RecordValue {...props} />
  return <TextValue key={`${field.field_id}-${operator}`} {...props} />
}

function TextValue({ field, operator, values, onChange }: ConditionValueProps) {
  const t = useT()
  const [text, setText] = useState(values[0] ?? '')
  const done = () => {
    if (text !== (values[0] ?? '')) onChange(text === '' ? [] : [text])
  }
  return (
    <input
      aria-label={t('值', 'Value')}
      className={styles.value}
      inputMode={valueKind(field, operator) === 'number' ? 'decimal' : 'text'}
      placeholder={t('请输入', 'Value')}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done()
      }}
    />
  )
}

function CheckValue({ values, onChange }: ConditionValueProps) {
  const t = useT()
  return (
    <select
      aria-label={t('值', 'Value')}
      className={styles.value}
      value={values[0] ?? ''}
      onChange={(event) => onChange([event.target.value])}
    >
      {values.length === 0 ? <option value="">{t('请选择', 'Choose')}</option> : null}
      <option value="true">{t('已勾选', 'ticked')}</option>
      <option value="false">{t('未勾选', 'not ticked')}</option>
    </select>
  )
}

function DateValue({ base, operator, values, onChange }: ConditionValueProps) {
  const t = useT()
  const { now } = useSession()
  const words = dateWords.filter(([word]) => operator === 'is' || oneDayWords.includes(word))
  const [word = '', ms] = values
  const day = wallTime(ms === undefined ? now : Number(ms), base.time_zone)
  const two = (n: number) => String(n).padStart(2, '0')
  const start = (time: { year: number; month: number; day: number }) =>
    String(instantOf({ ...time, hour: 0, minute: 0 }, base.time_zone))
  return (
    <span className={styles.dates}>
      <select
        aria-label={t('值', 'Value')}
        value={word}
        onChange={(event) =>
          onChange(event.target.value === 'ExactDate' ? ['ExactDate', start(day)] : [event.target.value])
        }
      >
        {word === '' ? <option value="">{t('请选择', 'Choose')}</option> : null}
        <option value="ExactDate">{t('具体日期', 'exact date')}</option>
        {words.map(([id, zh, en]) => (
          <option key={id} value={id}>
            {t(zh, en)}
          </option>
        ))}
      </select>
      {word === 'ExactDate' ? (
        <input
          type="date"
          aria-label={t('日期', 'Date')}
          value={`${day.year}-${two(day.month)}-${two(day.day)}`}
          onChange={(event) => {
            const [year, month, date] = event.target.value.split('-').map(Number)
            if (year && month && date) onChange(['ExactDate', start({ year, month, day: date })])
          }}
        />
      ) : null}
    </span>
  )
}

function OptionValue(props: ConditionValueProps) {
  const options = props.field.property?.options ?? []
  return (
    <Chosen
      {...props}
      choices={options.map((option) => ({
        id: option.id,
        text: option.name,
        face: <OptionChip option={option} />,
      }))}
    />
  )
}

function PeopleValue(props: ConditionValueProps) {
  const { people } = useSession()
  return (
    <Chosen
      {...props}
      choices={people.map(({ open_id, name }) => ({
        id: open_id,
        text: name,
        face: <PersonChip person={{ id: open_id, name }} />,
      }))}
    />
  )
}

function GroupValue(props: ConditionValueProps) {
  const { data = [] } = useWeb<WebRef[]>(`base/${props.base.app_token}/chats`, [])
  return (
    <Chosen
      {...props}
      choices={data.map((chat) => ({
        id: chat.id,
        text: chat.name,
        face: <PersonChip person={chat} square />,
      }))}
    />
  )
}

function RecordValue(props: ConditionValueProps) {
  const table = props.base.tables.find((one) => one.table_id === props.field.property?.table_id)
  const path = table ? `base/${props.base.app_token}/tables/${table.table_id}/titles` : null
  const { data = [] } = useWeb<WebRef[]>(path, [])
  return (
    <Chosen
      {...props}
      choices={data.map((one) => ({ id: one.id, text: one.name, face: <LinkChip record={one} /> }))}
    />
  )
}

/** One value for "is" and "is not", several for the others. */
function Chosen({
  operator,
  values,
  onChange,
  choices,
}: ConditionValueProps & { choices: readonly Choice[] }) {
  const t = useT()
  const single = operator === 'is' || operator === 'isNot'
  const faces = choices.filter((choice) => values.includes(choice.id))
  const choose = (id: string) => {
    if (values.includes(id)) onChange(values.filter((value) => value !== id))
    else onChange(single ? [id] : [...values, id].slice(0, 10))
  }
  return (
    <PanelButton
      label={t('值', 'Value')}
      className={styles.value}
      width={240}
      trigger={
        faces.length === 0 ? (
          <span className={styles.placeholder}>{t('请选择', 'Choose')}</span>
        ) : (
          <span className={styles.faces}>
            {faces.map(({ id, face }) => (
              <span key={id}>{face}</span>
            ))}
          </span>
        )
      }
    >
      {(close) => (
        <ChoiceList
          label={t('值', 'Value')}
          choices={choices}
          chosen={values}
          onChoose={(id) => {
            choose(id)
            if (single) close()
          }}
          onLeave={close}
        />
      )}
    </PanelButton>
  )
}
