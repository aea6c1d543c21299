import type { EditableDefinition } from '#sandbox/feishu/approval/web/admin-shapes.ts'
import { useT } from '../../shell/language.tsx'
import styles from './admin.module.css'
import { CopyCode } from './copy-code.tsx'
import type { EditorProps } from './editor-page.tsx'

export function BasicsEditor({
  draft,
  onChange,
  known,
}: EditorProps & { known: EditableDefinition | undefined }) {
  const t = useT()
  return (
    <div className={styles.fields}>
      <label className={styles.field}>
        <span>{t('审批名称', 'Name')}</span>
        <input
          value={draft.name}
          maxLength={60}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </label>
      <label className={styles.field}>
        <span>{t('审批说明', 'Description')}</span>
        <textarea
          rows={3}
          value={draft.description}
          maxLength={2000}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </label>
      {known ? (
        <div className={styles.facts}>
          <CopyCode label="approval_code" code={known.approval_code} />
          <p>
            {t(`第 ${known.version} 版`, `Version ${known.version}`)} ·{' '}
            {known.subscribed
              ? t('事件已订阅', 'events subscribed')
              : t('事件未订阅', 'events not subscribed')}{' '}
            ·{' '}
            {t(
              `进行中的 ${known.pending} 份按提交时的版本走完`,
              `${known.pending} running instances keep the version they were made with`,
            )}
          </p>
        </div>
      ) : null}
    </div>
  )
}
