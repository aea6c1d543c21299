import { Check } from 'lucide-react'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { ChatAvatar } from './chat-avatar.tsx'
import styles from './people-picker.module.css'

export interface PeoplePickerProps {
  chosen: readonly string[]
  onChange: (ids: string[]) => void
  /** Already there: not offered. */
  except: readonly string[]
}

/** Choose people, and the bot, by pressing them. */
export function PeoplePicker({ chosen, onChange, except }: PeoplePickerProps) {
  const { people, botName, botOpenId } = useSession()
  const t = useT()
  const offered = [
    ...people.map(({ open_id, name }) => ({ id: open_id, name, kind: 'person' as const })),
    { id: botOpenId, name: botName, kind: 'bot' as const },
  ].filter(({ id }) => !except.includes(id))
  if (offered.length === 0)
    return <p className={styles.none}>{t('所有人都已在群里', 'Everybody is in the group already')}</p>
  return (
    <ul className={styles.people}>
      {offered.map(({ id, name, kind }) => {
        const isChosen = chosen.includes(id)
        return (
          <li key={id}>
            <button
              type="button"
              className={styles.person}
              aria-pressed={isChosen}
              onClick={() => onChange(isChosen ? chosen.filter((one) => one !== id) : [...chosen, id])}
            >
              <ChatAvatar kind={kind} name={name} size={30} />
              <bdi>{name}</bdi>
              {kind === 'bot' ? <small>{t('机器人', 'Bot')}</small> : null}
              <span className={styles.tick}>{isChosen ? <Check size={14} aria-hidden /> : null}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
