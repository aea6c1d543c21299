import { useState } from 'react'
import type { WebForm } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import type { ViewProps } from '../view-props.ts'
import { FillIn } from './fill-in.tsx'
import styles from './form.module.css'
import { placeInBase } from './form-places.ts'
import { FormSettings } from './form-settings.tsx'

/** A form view: filled in by whoever may add records, set up by whoever may change views. */
export default function FormView({ base, table, view }: ViewProps) {
  const t = useT()
  const [tab, setTab] = useState<'fill' | 'settings'>('fill')
  const place = placeInBase(base.app_token, table.table_id, view.view_id)
  const { data, error } = useWeb<WebForm>(place.path, ['bitable', 'bitable-form-submissions'])
  if (error) return <Empty title={t('表单打不开', 'The form cannot be opened')} text={error.message} />
  if (data === undefined) return <Loading />
  return (
    <div className={styles.page}>
      {data.may.manage ? (
        <div className={styles.bar}>
          <Tabs
            label={t('表单', 'Form')}
            current={tab}
            onChoose={setTab}
            tabs={[
              { id: 'fill', text: t('填写', 'Fill in') },
              { id: 'settings', text: t('设置与分享', 'Set up and share') },
            ]}
          />
        </div>
      ) : null}
      {tab === 'settings' && data.may.manage ? (
        <FormSettings place={place} form={data} />
      ) : (
        <Filling key={view.view_id} place={place} form={data} />
      )}
    </div>
  )
}

function Filling({ place, form }: { place: ReturnType<typeof placeInBase>; form: WebForm }) {
  const t = useT()
  // Somebody who has just sent sees the thanks, not that once is enough.
  const [wasDone] = useState(form.done)
  if (!form.may.submit)
    return (
      <Empty
        title={t('你没有填写权限', 'You may not fill this in')}
        text={t('请找多维表格的管理者', 'Ask who manages the base')}
      />
    )
  if (wasDone) return <Empty title={t('你已经提交过了', 'You have submitted already')} />
  return (
    <FillIn
      place={place}
      zone={form.time_zone}
      name={form.name}
      description={form.description}
      questions={form.questions.filter((question) => question.visible)}
      again={!form.settings.submit_limit_once}
    />
  )
}
