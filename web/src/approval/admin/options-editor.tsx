import { Plus, X } from 'lucide-react'
import type { FormOption } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './admin.module.css'

/** The options of a choice; their keys stay when their texts change. */
export function OptionsEditor({
  options,
  onChange,
}: {
  options: readonly FormOption[]
  onChange: (options: FormOption[]) => void
}) {
  const t = useT()
  return (
    <fieldset className={styles.options}>
      <legend>{t('选项', 'Options')}</legend>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a new option has no key before it is published
        <span key={index} className={styles.option}>
          <input
            aria-label={t(`选项 ${index + 1}`, `Option ${index + 1}`)}
            value={option.text}
            maxLength={60}
            onChange={(event) =>
              onChange(options.map((one, at) => (at === index ? { ...one, text: event.target.value } : one)))
            }
          />
          <button
            type="button"
            aria-label={t(`删除选项 ${index + 1}`, `Remove option ${index + 1}`)}
            onClick={() => onChange(options.filter((_, at) => at !== index))}
          >
            <X size={15} aria-hidden />
          </button>
        </span>
      ))}
      <Button
        look="text"
        small
        onClick={() =>
          onChange([
            ...options,
            { value: '', text: t(`选项 ${options.length + 1}`, `Option ${options.length + 1}`) },
          ])
        }
      >
        <Plus size={14} aria-hidden />
        {t('添加选项', 'Add an option')}
      </Button>
    </fieldset>
  )
}
