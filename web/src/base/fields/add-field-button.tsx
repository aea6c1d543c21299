import { Plus } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import { PanelButton } from '../menu.tsx'
import type { ViewProps } from '../view-props.ts'
import { FieldForm } from './field-form.tsx'
import styles from './fields.module.css'

/** The plus at the end of the columns. */
export function AddFieldButton(props: ViewProps) {
  const t = useT()
  return (
    <PanelButton
      label={t('新增字段', 'Add field')}
      trigger={<Plus size={16} />}
      className={styles.add}
      width={320}
      align="right"
    >
      {(close) => <FieldForm {...props} onDone={close} />}
    </PanelButton>
  )
}
