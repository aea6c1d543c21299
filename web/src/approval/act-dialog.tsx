import { useState } from 'react'
import type { ApprovalDetail } from '#sandbox/feishu/approval/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useToast, useTry } from '../ui/toast.tsx'
import styles from './act-dialog.module.css'
import { type Deed, deedWords } from './deeds.ts'
import { PeoplePicker } from './people-picker.tsx'

export type { Deed } from './deeds.ts'

export interface ActDialogProps {
  deed: Deed
  detail: ApprovalDetail
  path: string
  onClose: () => void
}

interface Answers {
  comment: string
  people: string[]
  type: string
  method: string
  targets: string[]
}

/** Asks what a deed needs, then does it. */
export function ActDialog({ deed, detail, path, onClose }: ActDialogProps) {
  const t = useT()
  const { me, people: everybody } = useSession()
  const people = everybody.map((one) => one.open_id)
  const toast = useToast()
  const attempt = useTry()
  const [busy, setBusy] = useState(false)
  const [answers, setAnswers] = useState<Answers>({
    comment: '',
    people: [],
    type: 'before',
    method: 'AND',
    targets: ['START'],
  })
  const change = (part: Partial<Answers>) => setAnswers({ ...answers, ...part })
  const words = deedWords[deed]
  const submit = async () => {
    setBusy(true)
    const done = await attempt(() => send('POST', `${path}/${deed}`, bodyOf(deed, answers)))
    setBusy(false)
    if (!done) return
    toast('success', t(...words.done))
    onClose()
  }
  return (
    <Dialog
      title={t(...words.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button
            look={deed === 'reject' ? 'danger' : 'primary'}
            busy={busy}
            disabled={!isComplete(deed, answers)}
            onClick={submit}
          >
            {t('确定', 'OK')}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {needsPeople(deed) ? (
          <PeoplePicker
            label={t(...words.name)}
            chosen={answers.people}
            multi={deed !== 'transfer'}
            from={deed === 'copy' ? null : people.filter((one) => one !== me.open_id)}
            onChange={(people) => change({ people })}
          />
        ) : null}
        {deed === 'add-sign' ? <AddSignFields answers={answers} onChange={change} /> : null}
        {deed === 'rollback' ? (
          <Targets targets={detail.rights.rollback} chosen={answers.targets} onChange={change} />
        ) : null}
        {deed === 'withdraw' || deed === 'revert' ? (
          <p>{t(...words.hint)}</p>
        ) : (
          <label className={styles.field}>
            <span>{t(...words.hint)}</span>
            <textarea
              rows={3}
              value={answers.comment}
              maxLength={2000}
              onChange={(event) => change({ comment: event.target.value })}
            />
          </label>
        )}
      </div>
    </Dialog>
  )
}

function needsPeople(deed: Deed): boolean {
  return deed === 'transfer' || deed === 'add-sign' || deed === 'copy'
}

function isComplete(deed: Deed, { people, targets, comment }: Answers): boolean {
  if (needsPeople(deed)) return people.length > 0
  if (deed === 'rollback') return targets.length > 0
  // People who are refused want to know why.
  return deed !== 'reject' || comment.trim() !== ''
}

function bodyOf(deed: Deed, { comment, people, type, method, targets }: Answers): object {
  if (deed === 'transfer') return { comment, to: people[0] }
  if (deed === 'add-sign') return { comment, to: people, type, method }
  if (deed === 'copy') return { comment, to: people }
  if (deed === 'rollback') return { comment, to: targets }
  return { comment }
}

interface PartProps {
  onChange: (part: Partial<Answers>) => void
}

function AddSignFields({ answers, onChange }: PartProps & { answers: Answers }) {
  const t = useT()
  return (
    <>
      <Choice
        label={t('加签方式', 'How')}
        value={answers.type}
        onChange={(type) => onChange({ type })}
        options={[
          ['before', t('前加签：他们先审批，再回到我', 'Before me: they decide, then I do')],
          ['after', t('后加签：我先同意，再到他们', 'After me: I approve, then they decide')],
          ['beside', t('并加签：和我一起审批', 'Beside me: we decide together')],
        ]}
      />
      {answers.type === 'beside' || answers.people.length < 2 ? null : (
        <Choice
          label={t('多人审批方式', 'Several people')}
          value={answers.method}
          onChange={(method) => onChange({ method })}
          options={[
            ['AND', t('会签：需要所有人同意', 'Everybody approves')],
            ['OR', t('或签：一人同意即可', 'One approval is enough')],
            ['SEQUENTIAL', t('依次审批', 'One after the other')],
          ]}
        />
      )}
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
  onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      {options.map(([id, text]) => (
        <label key={id}>
          <input type="radio" name={label} checked={id === value} onChange={() => onChange(id)} />
          {text}
        </label>
      ))}
    </fieldset>
  )
}

function Targets({
  targets,
  chosen,
  onChange,
}: PartProps & { targets: ApprovalDetail['rights']['rollback']; chosen: readonly string[] }) {
  const t = useT()
  const toggle = (key: string) =>
    onChange({ targets: chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key] })
  return (
    <fieldset className={styles.choice}>
      <legend>{t('退回到', 'Return to')}</legend>
      {targets.map(({ key, name }) => (
        <label key={key}>
          <input type="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)} />
          {key === 'START' ? t('发起人', 'The applicant') : name}
        </label>
      ))}
    </fieldset>
  )
}
