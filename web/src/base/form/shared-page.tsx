import { CircleSlash, LogIn } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { WebSharedForm } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { WebFailure } from '../../api/client.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Loading } from '../../ui/loading.tsx'
import { FillIn } from './fill-in.tsx'
import styles from './form.module.css'
import { placeBehindLink } from './form-places.ts'
import { Thanks } from './thanks.tsx'

/** `/share/base/form/:form`: a form for whoever has its link; `?guest=1` shows it to somebody who is not signed in. */
export default function SharedFormPage() {
  const [path] = useLocation()
  const [query] = useSearchParams()
  const form = decodeURIComponent(path.split('/').at(-1) ?? '')
  const guest = query.get('guest') === '1' ? guestId() : ''
  return (
    <div className={styles.alone}>
      <SharedForm key={`${form} ${guest}`} form={form} guest={guest} />
      <WhoFillsIn isGuest={guest !== ''} />
    </div>
  )
}

function SharedForm({ form, guest }: { form: string; guest: string }) {
  const t = useT()
  const place = placeBehindLink(form, guest)
  const { data, error } = useWeb<WebSharedForm>(place.path, ['bitable', 'bitable-form-submissions', 'drive'])
  const [sent, setSent] = useState(false)
  if (error) {
    const unknown = error instanceof WebFailure && error.status === 404
    return (
      <Message
        title={
          unknown ? t('没有这个表单', 'There is no such form') : t('表单打不开', 'The form cannot be opened')
        }
        text={
          unknown
            ? t('链接可能有误，或表单已被删除', 'The link may be wrong, or the form was deleted')
            : error.message
        }
      />
    )
  }
  if (data === undefined) return <Loading />
  if (data.state === 'done' && sent) return <Thanks />
  if (data.state !== 'open') return <NotOpen state={data.state} name={data.name} />
  return (
    <FillIn
      place={place}
      zone={data.time_zone}
      name={data.name}
      description={data.description}
      questions={data.questions}
      again
      onSent={() => setSent(true)}
    />
  )
}

function NotOpen({ state, name }: { state: Exclude<WebSharedForm['state'], 'open'>; name: string }) {
  const t = useT()
  const [path, go] = useLocation()
  if (state === 'login')
    return (
      <Message
        title={name}
        text={t('登录后才能填写这份表单', 'Sign in to fill in this form')}
        icon={<LogIn size={44} strokeWidth={1.5} />}
      >
        <Button look="primary" onClick={() => go(path)}>
          {t('登录', 'Sign in')}
        </Button>
      </Message>
    )
  const texts = {
    closed: [
      t('表单已停止收集', 'This form is closed'),
      t('有问题请联系表单的创建者', 'Ask who made the form'),
    ],
    uninvited: [
      t('你不在填写范围内', 'You are not invited'),
      t('只有能编辑这张表的人可以填写', 'Only who may edit the base fills this in'),
    ],
    done: [
      t('你已经提交过了', 'You have submitted already'),
      t('这份表单每人只能提交一次', 'This form takes one answer per person'),
    ],
  } as const
  const [title, text] = texts[state]
  return <Message title={title} text={`${name} · ${text}`} />
}

function Message({
  title,
  text,
  icon,
  children,
}: {
  title: string
  text: string
  icon?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={styles.paper}>
      <div className={styles.cover} aria-hidden />
      <div className={styles.message}>
        <span aria-hidden style={{ color: 'var(--text-3)' }}>
          {icon ?? <CircleSlash size={44} strokeWidth={1.5} />}
        </span>
        <h1>{title}</h1>
        <p>{text}</p>
        {children}
      </div>
    </div>
  )
}

/** The sandbox always plays somebody; here one can also be nobody. */
function WhoFillsIn({ isGuest }: { isGuest: boolean }) {
  const t = useT()
  const { me } = useSession()
  const [path, go] = useLocation()
  return (
    <p className={styles.who}>
      {isGuest
        ? t('当前身份：未登录的访客', 'You are: not signed in')
        : t(`当前身份：${me.name}`, `You are: ${me.name}`)}{' '}
      <Button look="text" small onClick={() => go(isGuest ? path : `${path}?guest=1`)}>
        {isGuest
          ? t(`以 ${me.name} 填写`, `Fill in as ${me.name}`)
          : t('以访客身份填写', 'Fill in without signing in')}
      </Button>
    </p>
  )
}

const guestKey = 'huiliu-sandbox-guest'

/** What this browser is remembered by when nobody is signed in. */
function guestId(): string {
  const known = localStorage.getItem(guestKey)
  if (known !== null) return known
  const made = crypto.randomUUID()
  localStorage.setItem(guestKey, made)
  return made
}
