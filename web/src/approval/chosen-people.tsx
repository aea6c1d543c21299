import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './chosen-people.module.css'
import { PeoplePicker } from './people-picker.tsx'

export interface ChosenPeopleProps {
  label: string
  /** open ids */
  chosen: readonly string[]
  multi: boolean
  required?: boolean
  /** shows that it still has to be filled in */
  warn?: boolean
  from?: readonly string[] | null
  onChange: (openIds: string[]) => void
}

/** People as chips, with a dialog to choose them. */
export function ChosenPeople({ label, chosen, multi, required, warn, from, onChange }: ChosenPeopleProps) {
  const t = useT()
  const { people } = useSession()
  const [open, setOpen] = useState(false)
  return (
    <fieldset className={styles.field} data-warn={Boolean(required && warn && chosen.length === 0)}>
      <legend>
        {label}
        {required ? <i aria-hidden>*</i> : null}
      </legend>
      <div className={styles.chips}>
        {chosen.map((openId) => {
          const name = people.find((one) => one.open_id === openId)?.name ?? openId
          return (
            <span key={openId} className={styles.chip}>
              <Avatar name={name} size={22} />
              {name}
              <button
                type="button"
                aria-label={t(`移除 ${name}`, `Remove ${name}`)}
                onClick={() => onChange(chosen.filter((one) => one !== openId))}
              >
                <X size={13} aria-hidden />
              </button>
            </span>
          )
        })}
        <button
          type="button"
          className={styles.add}
          aria-label={t(`选择${label}`, `Choose: ${label}`)}
          onClick={() => setOpen(true)}
        >
          <Plus size={16} aria-hidden />
        </button>
      </div>
      {open ? (
        <Dialog
          title={label}
          onClose={() => setOpen(false)}
          actions={
            <Button look="primary" onClick={() => setOpen(false)}>
              {t('完成', 'Done')}
            </Button>
          }
        >
          <PeoplePicker label={label} chosen={chosen} multi={multi} from={from ?? null} onChange={onChange} />
        </Dialog>
      ) : null}
    </fieldset>
  )
}
