import { useState } from 'react'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import styles from './comments.module.css'

export interface MentionInputProps {
  label: string
  placeholder: string
  text: string
  /** `mention`: open_id of a person just chosen */
  onChange: (text: string, mention?: string) => void
}

/** A text box that offers people after an @. */
export function MentionInput({ label, placeholder, text, onChange }: MentionInputProps) {
  const t = useT()
  const { people } = useSession()
  const [open, setOpen] = useState(true)
  const typed = open ? text.match(/@([^\s@]*)$/)?.[1] : undefined
  const offered = typed === undefined ? [] : people.filter((one) => one.name.includes(typed)).slice(0, 8)
  return (
    <div className={styles.mention}>
      <textarea
        aria-label={label}
        placeholder={placeholder}
        rows={text.includes('\n') ? 3 : 1}
        value={text}
        maxLength={2000}
        onChange={(event) => {
          setOpen(true)
          onChange(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false)
        }}
      />
      {offered.length > 0 ? (
        <ul className={styles.offered} aria-label={t('提醒谁', 'Whom to mention')}>
          {offered.map((person) => (
            <li key={person.open_id}>
              <button
                type="button"
                onClick={() => {
                  setOpen(false)
                  onChange(`${text.replace(/@[^\s@]*$/, '')}@${person.name} `, person.open_id)
                }}
              >
                <Avatar name={person.name} size={22} />
                {person.name}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
