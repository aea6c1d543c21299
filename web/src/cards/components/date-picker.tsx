import { Calendar as CalendarIcon, Clock } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useAct } from '../act.tsx'
import type { ElementProps } from '../elements.tsx'
import { Calendar } from '../fields/calendar.tsx'
import { Drop } from '../fields/drop.tsx'
import { FieldFrame, fieldWidth, useFieldWords } from '../fields/field-frame.tsx'
import { zone } from '../fields/field-value.ts'
import styles from '../fields/fields.module.css'
import { useField } from '../fields/form-state.tsx'
import { TimeChoice } from '../fields/time-choice.tsx'

/** date_picker, picker_time and picker_datetime. */
export function DatePicker({ element }: ElementProps) {
  const t = useT()
  const field = useField(element)
  const { act, busy, question } = useAct(element)
  const kind = String(element.tag)
  const usual = kind === 'picker_time' ? t('请选择时间', 'Choose a time') : t('请选择日期', 'Choose a date')
  const { placeholder, label, tips } = useFieldWords(element, usual)
  const value = typeof field.value === 'string' ? field.value : ''
  const choose = (next: string) => {
    field.set(next)
    if (!field.inForm) act({ option: `${next} ${zone}` })
  }
  const Icon = kind === 'picker_time' ? Clock : CalendarIcon
  return (
    <FieldFrame error={field.error}>
      <Drop
        label={label}
        face={
          <>
            <span className={`${styles.shown} ${value === '' ? styles.waiting : ''}`}>
              {value || placeholder}
            </span>
            <Icon size={14} aria-hidden />
          </>
        }
        style={fieldWidth(element, 220)}
        busy={busy}
        disabled={element.disabled === true}
        invalid={field.error !== undefined}
        title={tips}
      >
        {(close) => (
          <Panel
            kind={kind}
            value={value}
            onDone={(next) => {
              close()
              choose(next)
            }}
          />
        )}
      </Drop>
      {question}
    </FieldFrame>
  )
}

function Panel({ kind, value, onDone }: { kind: string; value: string; onDone: (value: string) => void }) {
  const t = useT()
  const [day = '', clock = ''] = kind === 'picker_time' ? ['', value] : value.split(' ')
  const [chosenDay, setDay] = useState(day)
  const [time, setTime] = useState(clock || '09:00')
  if (kind === 'date_picker') return <Calendar value={day} onChoose={onDone} />
  const result = kind === 'picker_time' ? time : `${chosenDay} ${time}`
  return (
    <>
      {kind === 'picker_datetime' ? <Calendar value={chosenDay} onChoose={setDay} /> : null}
      <TimeChoice value={time} onChange={setTime} />
      <div className={styles.foot}>
        <Button
          small
          look="primary"
          disabled={kind === 'picker_datetime' && chosenDay === ''}
          onClick={() => onDone(result)}
        >
          {t('确定', 'OK')}
        </Button>
      </div>
    </>
  )
}
