import { type ReactNode, useState } from 'react'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { type CardAction, useCard } from './context.ts'
import { type CardObject, isObject, objectOf, objectsOf } from './json.ts'
import { deviceLink, openLink } from './links.ts'
import { useWords } from './parts/text.tsx'

type Values = Omit<CardAction, 'element'>

export interface Act {
  /** Asks first where the card says so, opens the link of this device, then calls the app. */
  act(values?: Values): void
  busy: boolean
  /** The question, while it is open; to be drawn by the caller. */
  question: ReactNode
}

/** What a press of this element does. Feishu docs: 配置卡片交互. */
export function useAct(element: CardObject, calls = callsApp(element)): Act {
  const card = useCard()
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState<Values | undefined>(undefined)
  const run = async (values: Values) => {
    const link = linkOf(element, card.device)
    if (link !== undefined) openLink(link)
    if (!calls) return
    setBusy(true)
    await card.press({ element, ...values }).finally(() => setBusy(false))
  }
  return {
    busy,
    act: (values = {}) => {
      if (busy || card.disabled) return
      if (isObject(element.confirm)) setAsked(values)
      else void run(values)
    },
    question:
      asked === undefined ? null : (
        <Question
          confirm={objectOf(element.confirm)}
          onClose={() => setAsked(undefined)}
          onYes={() => {
            setAsked(undefined)
            void run(asked)
          }}
        />
      ),
  }
}

/** What a press means to the form around it. Feishu docs: 表单容器. */
export function formRoleOf(element: CardObject): 'submit' | 'reset' | undefined {
  const action = objectsOf(element.behaviors).find(({ type }) => type === 'form_action')
  const named = element.form_action_type ?? action?.behavior ?? element.action_type
  if (named === 'submit' || named === 'form_submit') return 'submit'
  return named === 'reset' || named === 'form_reset' ? 'reset' : undefined
}

/** Does a press reach the app? 2.0 says so with a behaviour, 1.0 with `value`. */
export function callsApp(element: CardObject): boolean {
  const behaviors = objectsOf(element.behaviors)
  if (behaviors.length > 0) return behaviors.some(({ type }) => type === 'callback')
  return element.value !== undefined
}

function linkOf(element: CardObject, device: 'pc' | 'ios' | 'android'): string | undefined {
  const behavior = objectsOf(element.behaviors).find(({ type }) => type === 'open_url')
  if (behavior) return deviceLink(behavior, device)
  if (isObject(element.multi_url)) return deviceLink(element.multi_url, device, 'url')
  return typeof element.url === 'string' ? deviceLink(element, device, 'url') : undefined
}

function Question(props: { confirm: CardObject; onClose: () => void; onYes: () => void }) {
  const t = useT()
  const words = useWords()
  return (
    <Dialog
      title={words(props.confirm.title) || t('确认', 'Confirm')}
      width={420}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" onClick={props.onYes}>
            {t('确定', 'OK')}
          </Button>
        </>
      }
    >
      {words(props.confirm.text)}
    </Dialog>
  )
}
