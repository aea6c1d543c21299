import { useT } from '../../shell/language.tsx'
import styles from './admin.module.css'
import type { EditorProps } from './editor-page.tsx'
import { WidgetList } from './widget-list.tsx'

export function FormEditor({ draft, onChange }: EditorProps) {
  const t = useT()
  return (
    <div className={styles.fields}>
      {draft.form.length === 0 ? (
        <p className={styles.hint}>
          {t('从下面选择控件，搭出要填写的表单。', 'Choose widgets below to build the form.')}
        </p>
      ) : null}
      <WidgetList widgets={draft.form} inside={false} onChange={(form) => onChange({ form })} />
    </div>
  )
}
