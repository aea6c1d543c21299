import { useState } from 'react'
import type { FaultKindInfo, FaultPanel } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import { Field } from '../panel.tsx'
import styles from './faults.module.css'

type Values = Record<string, string>

const numbers = ['times', 'probability', 'ms', 'code', 'status'] as const

/** One fault with everything it can be told. */
export function FaultForm({ info }: { info: FaultPanel }) {
  const t = useT()
  const show = useToast()
  const attempt = useTry()
  const [values, setValues] = useState<Values>({ kind: 'http_429', times: '3' })
  const kind = info.kinds.find((one) => one.kind === values.kind)
  const set = (name: string) => (event: { target: { value: string } }) =>
    setValues((before) => ({ ...before, [name]: event.target.value }))
  const add = async () => {
    const done = await attempt(() => control('faults', wishOf(values, kind)))
    if (done) show('warning', t(`已加上 ${values.kind}`, `Added ${values.kind}`))
  }
  return (
    <form
      className={panel.inside}
      aria-label={t('自定义故障', 'A fault of your own')}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <KindPicker info={info} kind={kind} value={values.kind ?? ''} onChange={set('kind')} />
      <div className={panel.fields}>
        <Field label={t('类别', 'Family')}>
          <select value={values.family ?? ''} onChange={set('family')}>
            <option value="">{t('全部', 'All')}</option>
            {info.families.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </Field>
        <Field label={t('接口（可用 * 结尾）', 'Route (may end in *)')}>
          <input
            value={values.route ?? ''}
            onChange={set('route')}
            list="fault-routes"
            placeholder="POST /open-apis/im/*"
          />
        </Field>
        <NumberField
          label={t('次数（空：一直）', 'Times (empty: always)')}
          value={values.times}
          onChange={set('times')}
        />
        <NumberField
          label={t('概率 0–1', 'Probability 0–1')}
          value={values.probability}
          onChange={set('probability')}
        />
        {kind?.takes.includes('ms') ? (
          <NumberField label={t('毫秒', 'Milliseconds')} value={values.ms} onChange={set('ms')} />
        ) : null}
        {kind?.takes.includes('code') ? (
          <NumberField label={t('错误码', 'Code')} value={values.code} onChange={set('code')} />
        ) : null}
        {kind?.takes.includes('status') ? (
          <NumberField label={t('HTTP 状态', 'HTTP status')} value={values.status} onChange={set('status')} />
        ) : null}
      </div>
      <datalist id="fault-routes">
        {info.routes.map((route) => (
          <option key={route} value={route} />
        ))}
      </datalist>
      <div className={styles.actions}>
        <Button type="submit" look="primary">
          {t('加上故障', 'Add the fault')}
        </Button>
      </div>
    </form>
  )
}

interface KindPickerProps {
  info: FaultPanel
  kind: FaultKindInfo | undefined
  value: string
  onChange: (event: { target: { value: string } }) => void
}

function KindPicker({ info, kind, value, onChange }: KindPickerProps) {
  const t = useT()
  return (
    <div className={styles.kind}>
      <Field label={t('种类', 'Kind')}>
        <select value={value} onChange={onChange}>
          {info.kinds.map((one) => (
            <option key={one.kind} value={one.kind}>
              {one.kind}
            </option>
          ))}
        </select>
      </Field>
      <p className={panel.quiet}>{kind ? t(kind.zh, kind.en) : ''}</p>
    </div>
  )
}

interface NumberFieldProps {
  label: string
  value: string | undefined
  onChange: (event: { target: { value: string } }) => void
}

function NumberField({ label, value, onChange }: NumberFieldProps) {
  return (
    <Field label={label}>
      <input type="number" min="0" step="any" value={value ?? ''} onChange={onChange} />
    </Field>
  )
}

/** Only what was filled in and counts for this kind. */
function wishOf(values: Values, kind: FaultKindInfo | undefined): Record<string, unknown> {
  const wish: Record<string, unknown> = { kind: values.kind }
  if (values.family) wish.family = values.family
  if (values.route?.trim()) wish.route = values.route.trim()
  for (const name of numbers) {
    const counts = name === 'times' || name === 'probability' || kind?.takes.includes(name)
    if (counts && values[name]) wish[name] = Number(values[name])
  }
  return wish
}
