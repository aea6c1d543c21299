import { ArrowDown, ArrowUp } from 'lucide-react'
import type { WebQuestion } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { FieldIcon } from '../cells/field-icon.tsx'
import styles from './form-settings.module.css'
import { SavedText } from './saved-text.tsx'
import { Switch } from './switch.tsx'

export interface QuestionSettingsProps {
  question: WebQuestion
  before: WebQuestion | undefined
  beforeThat: WebQuestion | undefined
  after: WebQuestion | undefined
  onChange(body: object): void
}

/** How one field is asked for, and where it stands. */
export function QuestionSettings({ question, before, beforeThat, after, onChange }: QuestionSettingsProps) {
  const t = useT()
  const { field, title, description, required, visible } = question
  return (
    <li className={styles.question} data-hidden={!visible} aria-label={title}>
      <header>
        <FieldIcon field={field} />
        <span className={styles.field}>{field.name}</span>
        <button
          type="button"
          disabled={!before}
          aria-label={t(`上移“${title}”`, `Move ${title} up`)}
          onClick={() => onChange({ pre_field_id: beforeThat?.field.field_id ?? '' })}
        >
          <ArrowUp size={16} />
        </button>
        <button
          type="button"
          disabled={!after}
          aria-label={t(`下移“${title}”`, `Move ${title} down`)}
          onClick={() => onChange({ pre_field_id: after?.field.field_id ?? '' })}
        >
          <ArrowDown size={16} />
        </button>
      </header>
      <SavedText
        label={t('标题', 'Question')}
        value={title}
        most={200}
        onSave={(text) => onChange({ title: text })}
      />
      <SavedText
        label={t('说明', 'Explanation')}
        value={description}
        most={2000}
        mayBeEmpty
        onSave={(text) => onChange({ description: text })}
      />
      <div className={styles.flags}>
        <Switch
          plain
          label={t('必填', 'Required')}
          on={required}
          onSwitch={(on) => onChange({ required: on })}
        />
        <Switch plain label={t('显示', 'Shown')} on={visible} onSwitch={(on) => onChange({ visible: on })} />
      </div>
    </li>
  )
}
