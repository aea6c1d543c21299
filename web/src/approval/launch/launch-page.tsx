import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { LaunchForm } from '#sandbox/feishu/approval/web/shapes.ts'
import { send } from '../../api/client.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import { ChosenPeople } from '../chosen-people.tsx'
import { type Draft, fromGiven, missingIn, toForm } from './draft.ts'
import { FlowNodes } from './flow-nodes.tsx'
import styles from './launch.module.css'
import { WidgetInputs } from './widget-inputs.tsx'

/** A form to fill in: new, again with old values (`?from=`), or one that came back (`&resubmit=1`). */
export default function LaunchPage({ code }: { code: string }) {
  const t = useT()
  const { me } = useSession()
  const [params] = useSearchParams()
  const from = params.get('from') ?? ''
  const path = `approval/launch/${encodeURIComponent(code)}?me=${me.open_id}${from && `&from=${encodeURIComponent(from)}`}`
  const { data, error } = useWeb<LaunchForm>(path, [])
  const back = from ? `/approval/${from}?tab=started` : '/approval/new'
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link href={back} aria-label={t('返回', 'Back')}>
          <ChevronLeft size={20} aria-hidden />
        </Link>
        <h2>{data?.name ?? t('发起审批', 'New request')}</h2>
      </header>
      {data ? (
        <FillIn key={path} launch={data} resubmit={params.has('resubmit') ? from : ''} />
      ) : error ? (
        <Empty title={t('打不开这个审批', 'It cannot be opened')} text={error.message} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

/** `resubmit`: the instance that came back; '' for a new one. */
function FillIn({ launch, resubmit }: { launch: LaunchForm; resubmit: string }) {
  const t = useT()
  const toast = useToast()
  const attempt = useTry()
  const [, navigate] = useLocation()
  const [draft, setDraft] = useState<Draft>(() => fromGiven(launch.form, launch.given))
  const [chosen, setChosen] = useState<Record<string, string[]>>({})
  const [copies, setCopies] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const free = resubmit ? [] : launch.nodes.filter((node) => node.free)
  const missing = [
    ...missingIn(launch.form, draft),
    ...free.filter((node) => !chosen[node.node_id]?.length).map((node) => node.name),
  ]
  const submit = async () => {
    setTried(true)
    const [first] = missing
    if (first) return toast('warning', t(`请填写「${first}」`, `${first} is required`))
    setBusy(true)
    const form = toForm(launch.form, draft)
    let opened = resubmit
    const sent = await attempt(async () => {
      if (resubmit) await send('POST', `approval/instances/${resubmit}/resubmit`, { form })
      else {
        const path = `approval/launch/${launch.approval_code}`
        opened = (await send<{ instance_code: string }>('POST', path, { form, chosen, copies })).instance_code
      }
    })
    setBusy(false)
    if (!sent) return undefined
    toast('success', t('已提交', 'Submitted'))
    return navigate(`/approval/${opened}?tab=started`)
  }
  return (
    <>
      <div className={styles.body}>
        {launch.description ? <p className={styles.description}>{launch.description}</p> : null}
        <WidgetInputs launch={launch} widgets={launch.form} draft={draft} onChange={setDraft} warn={tried} />
        {resubmit ? null : (
          <section className={styles.flow}>
            <h3>{t('审批流程', 'Flow')}</h3>
            <FlowNodes nodes={launch.nodes} warn={tried} chosen={chosen} onChoose={setChosen} />
            <ChosenPeople
              label={t('抄送（选填）', 'Copy to (optional)')}
              multi
              chosen={copies}
              onChange={setCopies}
            />
          </section>
        )}
      </div>
      <footer className={styles.foot}>
        <Button look="primary" className={styles.submit} busy={busy} onClick={submit}>
          {resubmit ? t('重新提交', 'Resubmit') : t('提交', 'Submit')}
        </Button>
      </footer>
    </>
  )
}
