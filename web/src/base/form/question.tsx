import { useId } from 'react'
import type { WebQuestion } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { useT } from '../../shell/language.tsx'
import type { Problems } from './answers.ts'
import styles from './form.module.css'
import type { FormPlace } from './form-places.ts'
import { AnswerInput } from './inputs/answer-input.tsx'

export interface QuestionProps {
  place: FormPlace
  zone: string
  number: number
  question: WebQuestion
  value: unknown
  problem: Problems[string] | undefined
  onChange(value: unknown): void
}

/** One question: what is asked, and the input its field needs. */
export function Question({ place, zone, number, question, value, problem, onChange }: QuestionProps) {
  const t = useT()
  const id = useId()
  const texts = {
    required: t('这一题必填', 'An answer is needed'),
    email: t('请填写邮箱地址', 'This is no e-mail address'),
    phone: t('请填写电话号码（数字，可以 + 开头）', 'Digits only, with an optional leading +'),
    url: t('请填写链接', 'A link is needed'),
    number: t('请填写数字', 'A number is needed'),
  }
  return (
    <fieldset
      className={styles.question}
      data-question={question.field.field_id}
      data-wrong={problem !== undefined}
    >
      <legend id={id} className={styles.title}>
        <span className={styles.number} aria-hidden>
          {number}.
        </span>
        {question.title}
        {question.required ? (
          <span className={styles.star} title={t('必填', 'required')}>
            *
          </span>
        ) : null}
      </legend>
      {question.description === '' ? null : <p className={styles.hint}>{question.description}</p>}
      <AnswerInput
        place={place}
        zone={zone}
        field={question.field}
        label={question.title}
        value={value}
        wrong={problem !== undefined}
        onChange={onChange}
      />
      {problem ? (
        <p className={styles.problem} role="alert">
          {texts[problem]}
        </p>
      ) : null}
    </fieldset>
  )
}
