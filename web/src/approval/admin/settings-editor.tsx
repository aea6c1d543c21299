import type { EditableSettings } from '#sandbox/feishu/approval/web/admin-shapes.ts'
import { useT } from '../../shell/language.tsx'
import styles from './admin.module.css'
import type { EditorProps } from './editor-page.tsx'
import { Select } from './select.tsx'

const day = 86_400

export function SettingsEditor({ draft, onChange }: EditorProps) {
  const t = useT()
  const { settings } = draft
  const change = (part: Partial<EditableSettings>) => onChange({ settings: { ...settings, ...part } })
  return (
    <div className={styles.fields}>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={settings.revertAfterFirstNode}
          onChange={(event) => change({ revertAfterFirstNode: event.target.checked })}
        />
        {t('第一个节点通过后仍可撤回', 'May be withdrawn after the first node has approved')}
      </label>
      <label className={styles.field}>
        <span>
          {t('通过后允许撤销（天，0 为不允许）', 'Days in which an approved one may be revoked (0: never)')}
        </span>
        <input
          type="number"
          min={0}
          max={366}
          value={Math.round(settings.revertInterval / day)}
          onChange={(event) => change({ revertInterval: Math.max(0, Number(event.target.value)) * day })}
        />
      </label>
      <Select<'end' | 'back'>
        label={t('被拒绝后', 'When it is rejected')}
        value={settings.rejectToApplicant ? 'back' : 'end'}
        onChange={(next) => change({ rejectToApplicant: next === 'back' })}
        options={[
          ['end', t('流程终止', 'It ends')],
          ['back', t('退回给发起人，可修改后重新提交', 'It goes back to the applicant, who may resubmit')],
        ]}
      />
      <Select<EditableSettings['repeated']>
        label={t('同一人重复审批', 'Somebody who approved already')}
        value={settings.repeated}
        onChange={(repeated) => change({ repeated })}
        options={[
          ['ASK', t('每次都要审批', 'Is asked each time')],
          ['NEXT', t('相邻节点自动通过', 'Passes the next node automatically')],
          ['ALL', t('之后都自动通过', 'Passes all later nodes automatically')],
        ]}
      />
    </div>
  )
}
