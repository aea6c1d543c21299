import type { InstanceStatus } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './status.module.css'

export const statusWords: Record<InstanceStatus, readonly [zh: string, en: string]> = {
  PENDING: ['审批中', 'In review'],
  APPROVED: ['已通过', 'Approved'],
  REJECTED: ['已拒绝', 'Rejected'],
  CANCELED: ['已撤回', 'Withdrawn'],
  DELETED: ['已删除', 'Deleted'],
  REVERTED: ['已撤销', 'Revoked'],
  TERMINATED: ['已终止', 'Ended'],
}

export function StatusChip({ status }: { status: InstanceStatus }) {
  const t = useT()
  return <span className={`${styles.chip} ${styles[status]}`}>{t(...statusWords[status])}</span>
}
