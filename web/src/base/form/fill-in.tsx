import { useRef, useState } from 'react'
import type { WebQuestion } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { send } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useTry } from '../../ui/toast.tsx'
import { type Answers, type Problems, problemsOf } from './answers.ts'
import styles from './form.module.css'
import type { FormPlace } from './form-places.ts'
import { Question } from './question.tsx'
import { Thanks } from './thanks.tsx'

export interface FillInProps {
  place: FormPlace
  zone: string
  name: string
  description: string
  questions: readonly WebQuestion[]
  /** Another may be sent afterwards. */
  again: boolean
  onSent?: () => void
}

/** A form to fill in, from its name to the thanks. */
export function FillIn({ place, zone, name, description, questions, again, onSent }: FillInProps) {
  const t = useT()
  const attempt = useTry()
  const form = useRef<HTMLFormElement>(null)
  const [answers, setAnswers] = useState<Answers>({})
  const [problems, setProblems] = useState<Problems>({})
  const [state, setState] = useState<'open' | 'sending' | 'sent'>('open')
  if (state === 'sent')
    return (
      <Thanks
        {...(again && {
          onAgain: () => {
            setAnswers({})
            setState('open')
          },
        })}
      />
    )
  const submit = async () => {
    const found = problemsOf(questions, answers)
    setProblems(found)
    const first = questions.find(({ field }) => found[field.field_id])
    if (first) {
      const box = form.current?.querySelector<HTMLElement>(`[data-question="${first.field.field_id}"]`)
      box?.scrollIntoView({ block: 'center' })
      box?.querySelector<HTMLElement>('input, textarea, button')?.focus()
      return
    }
    setState('sending')
    const done = await attempt(() => send('POST', place.submit, { cells: answers }))
    setState(done ? 'sent' : 'open')
    if (done) onSent?.()
  }
  return (
    <form
      ref={form}
      className={styles.paper}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div className={styles.cover} aria-hidden />
      <header className={styles.head}>
        <h1>{name}</h1>
        {description === '' ? null : <p>{description}</p>}
      </header>
      {questions.map((question, i) => (
        <Question
          key={question.field.field_id}
          place={place}
          zone={zone}
          number={i + 1}
          question={question}
          value={answers[question.field.field_id]}
          problem={problems[question.field.field_id]}
          onChange={(value) => {
            const id = question.field.field_id
            setAnswers((known) => ({ ...known, [id]: value }))
            setProblems(({ [id]: _mended, ...left }) => left)
          }}
        />
      ))}
      {questions.length === 0 ? (
        <p className={styles.nothing}>{t('这份表单还没有问题', 'This form has no questions yet')}</p>
      ) : null}
      <footer className={styles.foot}>
        <Button type="submit" look="primary" busy={state === 'sending'} disabled={questions.length === 0}>
          {t('提交', 'Submit')}
        </Button>
      </footer>
    </form>
  )
}
