import { useId } from 'react'
import type { WebLoginPerson } from '#sandbox/feishu/oauth/web/login-shapes.ts'
import { useT } from '../shell/language.tsx'
import { rolesInWords } from '../shell/roles.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './login.module.css'

/** Whose identity is used; people the application is not available to cannot be chosen. */
export function PeopleList(props: {
  people: readonly WebLoginPerson[]
  chosen: string
  onChoose: (openId: string) => void
}) {
  const t = useT()
  const name = useId()
  return (
    <fieldset className={styles.people}>
      <legend>{t('选择身份', 'Choose who you are')}</legend>
      {props.people.map((person) => (
        <label key={person.open_id} className={styles.person} data-off={person.excluded}>
          <input
            type="radio"
            name={name}
            checked={person.open_id === props.chosen}
            disabled={person.excluded}
            onChange={() => props.onChoose(person.open_id)}
          />
          <Avatar name={person.name} size={30} />
          <span>
            {person.name}
            <small>
              {person.excluded
                ? t('不在应用可用范围内', 'The app is not available to this person')
                : `${person.department} · ${rolesInWords(person.roles, t)}`}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
