import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { DefinitionDraft, EditableDefinition } from '#sandbox/feishu/approval/web/admin-shapes.ts'
import { send } from '../../api/client.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import styles from './admin.module.css'
import { BasicsEditor } from './basics-editor.tsx'
import { FlowEditor } from './flow-editor.tsx'
import { FormEditor } from './form-editor.tsx'
import { SettingsEditor } from './settings-editor.tsx'

const fresh: DefinitionDraft = {
  name: '',
  description: '',
  form: [],
  nodes: [],
  startCc: [],
  endCc: [],
  settings: {
    revertInterval: 0,
    revertAfterFirstNode: true,
    rejectToApplicant: false,
    quickApproval: true,
    repeated: 'ASK',
  },
}

/** One definition: basics, form, flow, settings; published as a new version. */
export default function EditorPage({ code }: { code: string }) {
  const t = useT()
  const isNew = code === 'new'
  const { data, error } = useWeb<EditableDefinition>(
    isNew ? null : `approval/admin/${encodeURIComponent(code)}`,
    [],
  )
  const definition = isNew ? fresh : data
  if (definition) return <Editor key={code} given={definition} known={data} />
  return (
    <div className={styles.page}>
      {error ? (
        <Empty title={t('打不开这个审批', 'It cannot be opened')} text={error.message} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

type Tab = 'basics' | 'form' | 'flow' | 'settings'

export interface EditorProps {
  draft: DefinitionDraft
  onChange: (part: Partial<DefinitionDraft>) => void
}

function Editor({ given, known }: { given: DefinitionDraft; known: EditableDefinition | undefined }) {
  const t = useT()
  const toast = useToast()
  const attempt = useTry()
  const [, navigate] = useLocation()
  const [params, setParams] = useSearchParams()
  const [draft, setDraft] = useState(given)
  const [busy, setBusy] = useState(false)
  const tab = (params.get('tab') ?? 'basics') as Tab
  const props: EditorProps = { draft, onChange: (part) => setDraft({ ...draft, ...part }) }
  const publish = async () => {
    setBusy(true)
    const done = await attempt(() =>
      known
        ? send('PUT', `approval/admin/${known.approval_code}`, draft)
        : send('POST', 'approval/admin', draft),
    )
    setBusy(false)
    if (!done) return
    toast('success', t('已发布', 'Published'))
    navigate('/approval/admin')
  }
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link href="/approval/admin" aria-label={t('返回审批管理', 'Back to the console')}>
          <ChevronLeft size={20} aria-hidden />
        </Link>
        <h2>{draft.name || t('新建审批', 'New approval')}</h2>
        <Button look="primary" busy={busy} onClick={publish}>
          {t('发布', 'Publish')}
        </Button>
      </header>
      <div className={styles.tabs}>
        <Tabs<Tab>
          label={t('审批设置', 'Parts')}
          current={tab}
          onChoose={(id) => setParams({ tab: id }, { replace: true })}
          tabs={[
            { id: 'basics', text: t('基础信息', 'Basics') },
            { id: 'form', text: t('表单设计', 'Form'), count: draft.form.length },
            { id: 'flow', text: t('流程设计', 'Flow'), count: draft.nodes.length },
            { id: 'settings', text: t('更多设置', 'Settings') },
          ]}
        />
      </div>
      <div className={styles.body}>
        {tab === 'basics' ? <BasicsEditor {...props} known={known} /> : null}
        {tab === 'form' ? <FormEditor {...props} /> : null}
        {tab === 'flow' ? <FlowEditor {...props} /> : null}
        {tab === 'settings' ? <SettingsEditor {...props} /> : null}
      </div>
    </div>
  )
}
