import { Check, ChevronDown } from 'lucide-react'
import { Avatar } from '../ui/avatar.tsx'
import { Popover } from '../ui/popover.tsx'
import { useT } from './language.tsx'
import styles from './person-switch.module.css'
import { rolesInWords } from './roles.ts'
import { useSession } from './session.tsx'

/** Who am I: everything is seen through this person's eyes and permissions. */
export function PersonSwitch() {
  const { me, people, play } = useSession()
  const t = useT()
  return (
    <Popover
      label={t('切换身份', 'Who am I')}
      trigger={
        <>
          <Avatar name={me.name} size={26} />
          <span className={styles.name}>{me.name}</span>
          <small>{rolesInWords(me.roles, t)}</small>
          <ChevronDown size={14} aria-hidden />
        </>
      }
      triggerClass={styles.trigger}
    >
      {(close) => (
        <ul className={styles.list}>
          <li className={styles.hint}>{t('换个身份看看', 'See it as somebody else')}</li>
          {people.map((person) => (
            <li key={person.open_id}>
              <button
                type="button"
                className={styles.person}
                data-person={person.name}
                onClick={() => {
                  play(person.open_id)
                  close()
                }}
              >
                <Avatar name={person.name} size={30} />
                <span>{person.name}</span>
                <small>{rolesInWords(person.roles, t)}</small>
                {person.open_id === me.open_id ? <Check size={16} aria-label={t('当前', 'current')} /> : null}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
