import { useT } from '../../shell/language.tsx'
import panel from '../panel.module.css'
import { Panel } from '../panel.tsx'
import { KeptSnapshots } from './kept-snapshots.tsx'
import { ResetForm } from './reset-form.tsx'
import { SnapshotFile } from './snapshot-file.tsx'

/** Keeping worlds and going back to them. */
export function SnapshotsTab() {
  const t = useT()
  return (
    <div className={panel.column}>
      <Panel
        title={t('存着的快照', 'Kept snapshots')}
        text={t(
          '整个世界：消息、表格、审批、订单、密钥与时间',
          'The whole world: messages, bases, approvals, orders, keys, time',
        )}
      >
        <KeptSnapshots />
      </Panel>
      <Panel title={t('文件', 'File')} text={t('带走，或交给同事', 'Take it with you, or hand it on')}>
        <SnapshotFile />
      </Panel>
      <Panel
        title={t('重置', 'Reset')}
        text={t(
          '丢掉这个世界重新开始；相同种子讲同样的故事',
          'Start another world; the same seed tells the same story',
        )}
      >
        <ResetForm />
      </Panel>
    </div>
  )
}
