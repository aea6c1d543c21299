import { CircleCheck, CircleX, QrCode } from 'lucide-react'
import { useState } from 'react'
import { useSearch } from 'wouter'
import type { WebDeviceRequest } from '#sandbox/feishu/oauth/web/login-shapes.ts'
import { currentPerson, send } from '../api/client.ts'
import { queryClient, useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Loading } from '../ui/loading.tsx'
import { useTry } from '../ui/toast.tsx'
import { CodeEntry } from './code-entry.tsx'
import { Frame, Problem } from './frame.tsx'
import styles from './login.module.css'
import { PeopleList } from './people-list.tsx'
import { ScopeList } from './scope-list.tsx'

/** What a phone shows after the QR code of a registration was scanned. */
export function DevicePage() {
  const search = useSearch()
  const t = useT()
  const hasCode = new URLSearchParams(search).has('user_code')
  const path = `device/request?${search}`
  const { data, error } = useWeb<WebDeviceRequest>(hasCode ? path : null, ['app-registration'])
  if (!hasCode) return <CodeEntry />
  if (error) return <Problem title={t('无法创建应用', 'Cannot register')} text={error.message} />
  if (!data) return <Loading />
  if (data.state === 'waiting') return <Confirm request={data} search={search} />
  return <Outcome request={data} />
}

function Confirm({ request, search }: { request: WebDeviceRequest; search: string }) {
  const t = useT()
  const attempt = useTry()
  const [chosen, choose] = useState(
    request.people.find((person) => person.open_id === currentPerson())?.open_id ??
      request.people[0]?.open_id ??
      '',
  )
  const [busy, setBusy] = useState(false)
  const answer = async (accept: boolean) => {
    setBusy(true)
    await attempt(async () => {
      const query = Object.fromEntries(new URLSearchParams(search))
      const after = await send<WebDeviceRequest>('POST', 'device/answer', { query, open_id: chosen, accept })
      queryClient.setQueryData(['web', `device/request?${search}`], after)
    })
    setBusy(false)
  }
  const extras = [...request.events, ...request.callbacks]
  return (
    <Frame>
      <div className={styles.app}>
        <Avatar name={request.appName} size={56} square />
        <h1>{t(`把「${request.appName}」连到你的程序`, `Connect “${request.appName}” to your program`)}</h1>
        <p>
          <span>{request.description}</span>
        </p>
        <code className={styles.code}>{request.userCode}</code>
      </div>
      <PeopleList people={request.people} chosen={chosen} onChoose={choose} />
      <ScopeList
        title={t('应用身份权限', 'Permissions of the app')}
        scopes={request.tenant.scopes}
        otherwise={t('机器人：收发消息与卡片', 'Bot: messages and cards')}
      />
      {request.user.scopes.length > 0 ? (
        <ScopeList title={t('用户身份权限', 'Permissions of users')} scopes={request.user.scopes} />
      ) : null}
      {extras.length > 0 ? (
        <ScopeList
          title={t('事件与回调', 'Events and callbacks')}
          scopes={extras.map((name) => ({ name, zh: name, en: name }))}
        />
      ) : null}
      <div className={styles.actions}>
        <Button look="primary" className={styles.wide} busy={busy} onClick={() => answer(true)}>
          {t('确认创建', 'Confirm')}
        </Button>
        <Button className={styles.wide} disabled={busy} onClick={() => answer(false)}>
          {t('取消', 'Cancel')}
        </Button>
      </div>
      <p className={styles.foot}>
        <QrCode size={14} aria-hidden />
        {t(
          '确认后，应用凭证只会交给显示二维码的程序',
          'The app’s secret goes to the program that shows the QR code only',
        )}
      </p>
    </Frame>
  )
}

function Outcome({ request }: { request: WebDeviceRequest }) {
  const t = useT()
  const isDone = request.state === 'confirmed'
  const words = {
    confirmed: [
      t('应用已就绪', 'The app is ready'),
      t('可以关闭这个页面，回到你的程序', 'Close this page and go back to your program'),
    ],
    denied: [t('已取消', 'Cancelled'), t('没有交出任何凭证', 'Nothing was handed out')],
    expired: [
      t('配对码已过期', 'The code has expired'),
      t('请在你的程序里重新发起', 'Start again in your program'),
    ],
    waiting: ['', ''],
  }[request.state]
  return (
    <Frame>
      <div className={isDone ? styles.done : styles.problem} role="status">
        {isDone ? <CircleCheck size={44} aria-hidden /> : <CircleX size={44} aria-hidden />}
        <h1>{words[0]}</h1>
        <p>{words[1]}</p>
        {isDone ? (
          <small>
            {request.appName} · {request.appId}
          </small>
        ) : null}
      </div>
    </Frame>
  )
}
