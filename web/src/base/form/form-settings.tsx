import type { WebForm } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { send } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useTry } from '../../ui/toast.tsx'
import styles from './form-settings.module.css'
import { QuestionSettings } from './question-settings.tsx'
import { SavedText } from './saved-text.tsx'
import { ShareSettings } from './share-settings.tsx'

/** Sends a change and shows the answer at once. */
export function useFormChange(path: string) {
  const attempt = useTry()
  return (below: string, body: object) =>
    attempt(async () => {
      const form = await send<WebForm>('PATCH', `${path}${below}`, body)
      queryClient.setQueryData(['web', path], form)
    })
}

/** Name, questions and sharing of a form, for whoever may change it. */
export function FormSettings({ place, form }: { place: { path: string }; form: WebForm }) {
  const t = useT()
  const change = useFormChange(place.path)
  return (
    <div className={styles.settings}>
      <section className={styles.card}>
        <h2>{t('基本信息', 'The form')}</h2>
        <SavedText
          label={t('表单名称', 'Name')}
          value={form.name}
          most={100}
          onSave={(name) => void change('', { name })}
        />
        <SavedText
          label={t('表单说明', 'Description')}
          value={form.description}
          most={2000}
          lines={3}
          mayBeEmpty
          onSave={(description) => void change('', { description })}
        />
      </section>
      <ShareSettings form={form} onChange={(body) => void change('', body)} />
      <section className={styles.card}>
        <h2>{t('问题', 'Questions')}</h2>
        <ol className={styles.questions}>
          {form.questions.map((question, i) => (
            <QuestionSettings
              key={question.field.field_id}
              question={question}
              before={form.questions[i - 1]}
              after={form.questions[i + 1]}
              beforeThat={form.questions[i - 2]}
              onChange={(body) => void change(`/questions/${question.field.field_id}`, body)}
            />
          ))}
        </ol>
      </section>
    </div>
  )
}
