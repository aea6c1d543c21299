import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useSearch } from 'wouter'
import type { WebLoginRequest } from '#sandbox/feishu/oauth/web/login-shapes.ts'
import { currentPerson, rememberPerson, send, WebFailure } from '../api/client.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Loading } from '../ui/loading.tsx'
import { useTry } from '../ui/toast.tsx'
import { Frame, Problem } from './frame.tsx'
import styles from './login.module.css'
import { PeopleList } from './people-list.tsx'
import { ScopeList } from './scope-list.tsx'

/** The authorize page: choose a person, see what the application wants, agree or refuse. */
export function LoginPage() {
  const search = useSearch()
  const { data, error } = useWeb<WebLoginRequest>(`login/request?${search}`, ['application', 'contact'])
  const t = useT()
  if (error)
    return (
      <Problem
        title={t('无法登录', 'Cannot sign in')}
        text={error.message}
        code={error instanceof WebFailure ? error.code : undefined}
      />
    )
  if (!data) return <Loading />
  return <Consent request={data} search={search} />
}

function Consent({ request, search }: { request: WebLoginRequest; search: string }) {
  const t = useT()
  const attempt = useTry()
  const allowed = request.people.filter((person) => !person.excluded)
  const [chosen, choose] = useState(
    allowed.find((person) => person.open_id === currentPerson())?.open_id ?? allowed[0]?.open_id ?? '',
  )
  const [busy, setBusy] = useState(false)
  const person = request.people.find((one) => one.open_id === chosen)
  const answer = async (accept: boolean) => {
    setBusy(true)
    const query = Object.fromEntries(new URLSearchParams(search))
    const done = await attempt(async () => {
      const { redirect } = await send<{ redirect: string }>('POST', 'login/answer', {
        query,
        open_id: chosen,
        accept,
      })
      if (accept) rememberPerson(chosen)
      location.assign(redirect)
    })
    if (!done) setBusy(false)
  }
  return (
    <Frame>
      <div className={styles.app}>
        <Avatar name={request.appName} size={56} square />
        <h1>
          {person
            ? t(
                `以${person.name}的身份登录 ${request.appName}`,
                `Sign in to ${request.appName} as ${person.name}`,
              )
            : t('登录', 'Sign in')}
        </h1>
        <p>
          <span>{request.description}</span>
        </p>
      </div>
      <PeopleList people={request.people} chosen={chosen} onChoose={choose} />
      <ScopeList
        title={t(`${request.appName} 将获得以下权限`, `${request.appName} will be allowed to`)}
        scopes={request.scopes}
        otherwise={t('获取你的姓名、头像与身份标识', 'Know your name, picture and id')}
      />
      <div className={styles.actions}>
        <Button
          look="primary"
          className={styles.wide}
          busy={busy}
          disabled={!person}
          onClick={() => answer(true)}
        >
          {t('授权并登录', 'Agree and sign in')}
        </Button>
        <Button className={styles.wide} disabled={busy || !person} onClick={() => answer(false)}>
          {t('拒绝', 'Decline')}
        </Button>
      </div>
      <p className={styles.foot}>
        <ShieldCheck size={14} aria-hidden />
        {t('登录后回到', 'Then back to')} {request.backTo}
      </p>
    </Frame>
  )
}
