import { Check } from 'lucide-react'
import { useId, useState } from 'react'
import { useT } from '../shell/language.tsx'
import { rolesInWords } from '../shell/roles.ts'
import { useSession } from '../shell/session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import styles from './people-picker.module.css'

export interface PeoplePickerProps {
  label: string
  /** open ids */
  chosen: readonly string[]
  multi: boolean
  /** only these; everybody when absent */
  from?: readonly string[] | null
  onChange: (openIds: string[]) => void
}

/** People of the company to choose from, with a search once there are many. */
export function PeoplePicker({ label, chosen, multi, from, onChange }: PeoplePickerProps) {
  const t = useT()
  const { people } = useSession()
  const id = useId()
  const [find, setFind] = useState('')
  const allowed = people.filter((one) => from?.includes(one.open_id) ?? true)
  const offered = allowed.filter((one) => one.name.includes(find.trim()))
  const press = (openId: string) => {
    if (chosen.includes(openId)) onChange(chosen.filter((one) => one !== openId))
    else onChange(multi ? [...chosen, openId] : [openId])
  }
  return (
    <fieldset className={styles.picker}>
      <legend className="visually-hidden">{label}</legend>
      {allowed.length > 8 ? (
        <input
          type="search"
          value={find}
          placeholder={t('搜索姓名', 'Search names')}
          aria-label={t('搜索姓名', 'Search names')}
          onChange={(event) => setFind(event.target.value)}
        />
      ) : null}
      <ul>
        {offered.map((person) => (
          <li key={person.open_id}>
            <label>
              <input
                type={multi ? 'checkbox' : 'radio'}
                name={id}
                className="visually-hidden"
                checked={chosen.includes(person.open_id)}
                aria-label={person.name}
                onChange={() => press(person.open_id)}
              />
              <Avatar name={person.name} size={26} />
              <span>{person.name}</span>
              <small>{rolesInWords(person.roles, t)}</small>
              {chosen.includes(person.open_id) ? <Check size={16} aria-hidden /> : null}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
