import { X } from 'lucide-react'
import { useState } from 'react'
import type { WebRef } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import type { WebChoices } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { useWeb } from '../../../api/query.ts'
import { useT } from '../../../shell/language.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { isLink, types } from '../../cells/types.ts'
import type { AnswerInputProps } from './answer-input.tsx'
import styles from './inputs.module.css'

/** People, groups or records, found by name. */
export function RefsInput({ place, field, label, onChange }: AnswerInputProps) {
  const t = useT()
  const [chosen, setChosen] = useState<readonly WebRef[]>([])
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState(false)
  const { data } = useWeb<WebChoices>(open ? place.choices(field.field_id, search) : null, ['contact'])
  const single = field.property?.multiple === false
  const put = (next: readonly WebRef[]) => {
    setChosen(next)
    const values = isLink(field.type) ? next.map(({ id }) => id) : next.map(({ id }) => ({ id }))
    onChange(next.length === 0 ? undefined : values)
  }
  const offered = (data?.items ?? []).filter(({ id }) => !chosen.some((one) => one.id === id))
  return (
    <div className={styles.refs}>
      <div className={styles.chosen}>
        {chosen.map((one) => (
          <span key={one.id} className={styles.ref}>
            <Face kind={field.type} name={one.name} />
            {one.name}
            <button
              type="button"
              className={styles.remove}
              aria-label={t(`移除 ${one.name}`, `Remove ${one.name}`)}
              onClick={() => put(chosen.filter((other) => other !== one))}
            >
              <X size={14} />
            </button>
          </span>
        ))}
        <input
          className={styles.find}
          aria-label={label}
          role="combobox"
          aria-expanded={open}
          aria-controls={`choices-${field.field_id}`}
          placeholder={t('输入名字查找', 'Search by name')}
          value={search}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {open ? (
        <div className={styles.offered} id={`choices-${field.field_id}`} role="listbox" aria-label={label}>
          {offered.map((one) => (
            <button
              key={one.id}
              type="button"
              role="option"
              className={styles.choice}
              aria-selected={false}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                put(single ? [one] : [...chosen, one])
                setSearch('')
              }}
            >
              <Face kind={field.type} name={one.name} />
              {one.name === '' ? t('未命名记录', 'Untitled') : one.name}
            </button>
          ))}
          {offered.length === 0 ? (
            <p className={styles.none}>{t('没有匹配的项', 'Nothing matches')}</p>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

function Face({ kind, name }: { kind: number; name: string }) {
  if (kind !== types.user && kind !== types.groupChat) return null
  return <Avatar name={name} size={20} square={kind === types.groupChat} />
}
