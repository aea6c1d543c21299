import { useT } from '../shell/language.tsx'
import { ChatAvatar } from './chat-avatar.tsx'
import styles from './composer.module.css'
import type { MentionChoice } from './use-mention-picker.ts'

/** Whom to mention: shown above the composer while a name is typed after an @. */
export function MentionPicker({ picker }: { picker: MentionChoice }) {
  const t = useT()
  return (
    <ul className={styles.mentions} aria-label={t('选择要提及的人', 'Whom to mention')}>
      {picker.offered.map((one, index) => (
        <li key={one.id}>
          <button
            type="button"
            aria-current={index === picker.current}
            // The field keeps the focus: pressing must not take it.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => picker.choose(one)}
          >
            <ChatAvatar kind={one.kind === 'all' ? 'group' : one.kind} name={one.name} size={26} />
            <bdi>{one.name}</bdi>
            {one.kind === 'bot' ? <small>{t('机器人', 'Bot')}</small> : null}
          </button>
        </li>
      ))}
    </ul>
  )
}
