import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ApprovalDetail } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { ActDialog, type Deed } from './act-dialog.tsx'
import styles from './action-bar.module.css'
import { deedWords } from './deeds.ts'

/** What the reader may do, at the bottom; nothing where nothing is possible. */
export function ActionBar({ detail, path }: { detail: ApprovalDetail; path: string }) {
  const t = useT()
  const [, navigate] = useLocation()
  const [deed, setDeed] = useState<Deed>()
  const { rights } = detail
  const minor = minorDeeds(detail)
  const again = `/approval/new/${detail.approval_code}?from=${detail.instance_code}`
  const none = !(rights.decide || rights.resubmit || rights.submitAgain) && minor.length === 0
  // Two rare deeds and nothing else need no menu, not even on a phone.
  const few = minor.length <= 2 && !(rights.decide || rights.resubmit || rights.submitAgain)
  const press = (wanted: Deed, close?: () => void) => {
    close?.()
    setDeed(wanted)
  }
  return (
    <>
      {none ? null : (
        <div role="toolbar" className={styles.bar} data-few={few} aria-label={t('操作', 'Actions')}>
          {rights.decide ? (
            <>
              <Button look="primary" className={styles.main} onClick={() => press('approve')}>
                {t('同意', 'Approve')}
              </Button>
              <Button look="danger" className={styles.main} onClick={() => press('reject')}>
                {t('拒绝', 'Reject')}
              </Button>
            </>
          ) : null}
          {rights.resubmit ? (
            <Button look="primary" className={styles.main} onClick={() => navigate(`${again}&resubmit=1`)}>
              {t('编辑并重新提交', 'Edit and resubmit')}
            </Button>
          ) : null}
          {rights.submitAgain ? (
            <Button className={styles.main} onClick={() => navigate(again)}>
              {t('再次提交', 'Submit again')}
            </Button>
          ) : null}
          <span className={styles.plain}>
            {minor.map((one) => (
              <Button key={one} onClick={() => press(one)}>
                {t(...deedWords[one].name)}
              </Button>
            ))}
          </span>
          {minor.length > 0 ? <More deeds={minor} onPress={press} /> : null}
        </div>
      )}
      {deed ? <ActDialog deed={deed} detail={detail} path={path} onClose={() => setDeed(undefined)} /> : null}
    </>
  )
}

function minorDeeds({ rights, status }: ApprovalDetail): Deed[] {
  return [
    ...(rights.decide ? (['transfer', 'add-sign', 'rollback'] as const) : []),
    ...(status === 'PENDING' ? (['copy'] as const) : []),
    ...(rights.withdraw ? (['withdraw'] as const) : []),
    ...(rights.revert ? (['revert'] as const) : []),
  ]
}

/** On a phone the rarer deeds share one button. */
function More({
  deeds,
  onPress,
}: {
  deeds: readonly Deed[]
  onPress: (deed: Deed, close: () => void) => void
}) {
  const t = useT()
  return (
    <span className={styles.more}>
      <Popover
        label={t('更多操作', 'More actions')}
        align="left"
        triggerClass={styles.moreButton}
        trigger={
          <>
            <MoreHorizontal size={20} aria-hidden />
            <small>{t('更多', 'More')}</small>
          </>
        }
      >
        {(close) => (
          <ul className={styles.menu}>
            {deeds.map((deed) => (
              <li key={deed}>
                <button type="button" onClick={() => onPress(deed, close)}>
                  {t(...deedWords[deed].name)}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Popover>
    </span>
  )
}
