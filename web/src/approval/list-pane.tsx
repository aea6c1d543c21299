import { Plus, Search, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { ApprovalList, ApprovalTab } from '#sandbox/feishu/approval/web/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { ListItem } from './list-item.tsx'
import styles from './list-pane.module.css'

const words: Record<ApprovalTab, readonly [zh: string, en: string]> = {
  todo: ['待办', 'To do'],
  done: ['已办', 'Done'],
  started: ['已发起', 'Submitted'],
  copied: ['抄送我', 'Copied to me'],
}
const step = 50

/** The four lists, with a search over everything a person may see there. */
export function ListPane({ open }: { open: string | undefined }) {
  const t = useT()
  const { me, now } = useSession()
  const [params, setParams] = useSearchParams()
  const [, navigate] = useLocation()
  const [show, setShow] = useState(step)
  const tab = (params.get('tab') ?? 'todo') as ApprovalTab
  const find = params.get('find') ?? ''
  const path = `approval/list?tab=${tab}&show=${show}&find=${encodeURIComponent(find)}&me=${me.open_id}`
  const { data, error } = useWeb<ApprovalList>(path, ['approval', 'approval-external'])
  const tabs = (Object.keys(words) as ApprovalTab[]).map((id) => ({
    id,
    text: t(...words[id]),
    count: id === 'todo' || id === 'copied' ? data?.counts[id] : undefined,
  }))
  const query = `?${new URLSearchParams({ tab, ...(find && { find }) })}`
  return (
    <nav className={styles.pane} aria-label={t('审批列表', 'Approvals')}>
      <header className={styles.header}>
        <h2>{t('审批', 'Approval')}</h2>
        {me.roles.includes('admin') ? (
          <Link href="/approval/admin" className={styles.icon} aria-label={t('审批管理', 'Manage approvals')}>
            <Settings2 size={18} aria-hidden />
          </Link>
        ) : null}
        <Button look="primary" small onClick={() => navigate('/approval/new')}>
          <Plus size={15} aria-hidden />
          {t('发起审批', 'New request')}
        </Button>
      </header>
      <div className={styles.tabs}>
        <Tabs
          label={t('审批列表', 'Lists')}
          tabs={tabs}
          current={tab}
          onChoose={(id) => navigate(`/approval?tab=${id}`)}
        />
      </div>
      <label className={styles.search}>
        <Search size={15} aria-hidden />
        <input
          type="search"
          value={find}
          placeholder={t('搜索标题、内容、编号', 'Search title, content, number')}
          aria-label={t('搜索审批', 'Search approvals')}
          onChange={(event) => {
            const next = event.target.value
            setParams(next ? { tab, find: next } : { tab }, { replace: true })
          }}
        />
      </label>
      <div className={styles.items}>
        {data ? (
          data.items.map((item) => (
            <ListItem
              key={item.instance_code}
              item={item}
              now={now}
              href={`/approval/${item.instance_code}${query}`}
              current={item.instance_code === open}
            />
          ))
        ) : error ? (
          <Empty title={t('列表打不开', 'The list could not be read')} text={error.message} />
        ) : (
          <Loading />
        )}
        {data?.items.length === 0 ? <Nothing tab={tab} searching={find !== ''} /> : null}
        {data?.more ? (
          <Button look="text" onClick={() => setShow(show + step)}>
            {t('加载更多', 'Show more')}
          </Button>
        ) : null}
      </div>
    </nav>
  )
}

function Nothing({ tab, searching }: { tab: ApprovalTab; searching: boolean }) {
  const t = useT()
  if (searching)
    return <Empty title={t('没有找到', 'Nothing found')} text={t('换个词试试', 'Try another word')} />
  const texts: Record<ApprovalTab, [string, string]> = {
    todo: [t('都处理完了', 'All done'), t('需要你审批的会出现在这里', 'What waits for you appears here')],
    done: [
      t('还没有处理过审批', 'Nothing handled yet'),
      t('你同意、拒绝、转交过的会在这里', 'What you decided is kept here'),
    ],
    started: [t('还没有发起过审批', 'Nothing submitted yet'), t('点「发起审批」试试', 'Try “New request”')],
    copied: [t('没有抄送给你的审批', 'Nothing copied to you'), ''],
  }
  const [title, text] = texts[tab]
  return <Empty title={title} text={text} />
}
