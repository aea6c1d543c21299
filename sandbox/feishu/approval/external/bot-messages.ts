/** `/approval/v1/message/send` and `/update`: what the approval bot tells people for another system. Feishu docs: 发送审批 Bot 消息. */
import type { ApiCall, Kernel } from '../../../kernel/types.ts'
import { findPerson } from '../../contact/people.ts'
import { approvalFailure } from '../failures.ts'
import { readI18n } from '../i18n-texts.ts'
import { newNumber } from '../state.ts'
import { type BotMessage, externalChanged, externalState } from './external-state.ts'

type Body = Record<string, unknown>

const base = '/open-apis/approval/v1/message'
const limit = { perMinute: 1000, perSecond: 50 }
const sameUuidMs = 3_600_000
const mostActions = 2
const mostSummaries = 5
const customTemplate = '1021'
const templates = new Set(
  '1001 1002 1003 1004 1005 1006 1007 1008 1010 1011 1012 1013 1015 1016 1017 1018 1019 1020 1021 1024 1026 1027 1028'.split(
    ' ',
  ),
)
const withoutTitle = new Set(['1005', '1006', '1007', '1024', '1028'])
const withComment = new Set(['1001', '1004', '1017', '1018', '1027'])
const states = new Set([
  'APPROVED',
  'REJECTED',
  'CANCELLED',
  'FORWARDED',
  'ROLLBACK',
  'ADD',
  'DELETED',
  'PROCESSED',
  'CUSTOM',
])

const object = { type: 'object' } as const
const text = { type: 'string' } as const

export function registerBotMessages(kernel: Kernel): void {
  const unverified = ['the codes of refused messages (here 1390001, 1390004)']
  kernel.api({
    method: 'POST',
    path: `${base}/send`,
    limit,
    unverified,
    body: {
      ...object,
      required: ['template_id', 'i18n_resources'],
      properties: {
        template_id: text,
        user_id: text,
        open_id: text,
        uuid: { ...text, maxLength: 64 },
        content: object,
        actions: { type: 'array', items: object },
        action_configs: { type: 'array', items: object },
        action_callback: object,
        i18n_resources: { type: 'array', items: object },
      },
    },
    handle: (call) => send(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: `${base}/update`,
    limit,
    unverified,
    body: { ...object, required: ['message_id', 'status'], properties: { message_id: text, status: text } },
    handle: (call) => update(kernel, call),
  })
  kernel.effect('approvalMessages', () =>
    externalState(kernel).messages.map(({ message_id, openId, template, status }) => ({
      message_id,
      open_id: openId,
      template,
      status,
    })),
  )
}

/** The same uuid within an hour sends nothing more. */
function send(kernel: Kernel, { body }: ApiCall): unknown {
  const template = String(body.template_id)
  if (!templates.has(template)) throw approvalFailure(1390001, 'template_id is unknown')
  const person =
    body.user_id !== undefined
      ? findPerson(kernel, String(body.user_id), 'user_id')
      : findPerson(kernel, String(body.open_id ?? ''), 'open_id')
  if (!person) throw approvalFailure(1390004)
  requireFields(template, body)
  const { messages } = externalState(kernel)
  const uuid = String(body.uuid ?? '')
  const now = kernel.clock.now()
  const twin = messages.find((one) => uuid !== '' && one.uuid === uuid && now - one.createTime < sameUuidMs)
  if (twin) return { message_id: twin.message_id }
  const message: BotMessage = {
    message_id: newNumber(kernel),
    openId: person.open_id,
    template,
    status: 'SENT',
    createTime: now,
    uuid,
    given: body,
  }
  messages.push(message)
  externalChanged(kernel)
  return { message_id: message.message_id }
}

function requireFields(template: string, body: Body): void {
  const texts = readI18n(body.i18n_resources, 7)
  const actions = (body.actions ?? []) as Body[]
  const content = (body.content ?? {}) as Body
  const summaries = (content.summaries ?? []) as Body[]
  if (template === customTemplate) {
    texts.of(body.custom_title)
    texts.of(body.custom_content)
  } else {
    texts.of(body.approval_name)
    if (!withoutTitle.has(template) && body.title_user_id === undefined)
      throw approvalFailure(1390001, 'title_user_id is missing')
    if (withComment.has(template)) texts.of(body.comment)
    if (summaries.length === 0 || summaries.length > mostSummaries)
      throw approvalFailure(1390001, `summaries: 1 to ${mostSummaries}`)
    for (const one of summaries) texts.of(one.summary)
    if (actions.length === 0) throw approvalFailure(1390001, 'actions is missing')
  }
  if (actions.length > mostActions) throw approvalFailure(1390001, `actions: at most ${mostActions}`)
}

function update(kernel: Kernel, { body }: ApiCall): unknown {
  const message = externalState(kernel).messages.find((one) => one.message_id === body.message_id)
  if (!message) throw approvalFailure(1390001, 'message_id is unknown')
  if (!states.has(String(body.status))) throw approvalFailure(1390001, 'status is unknown')
  if (body.status === 'CUSTOM') {
    const texts = readI18n(body.i18n_resources, 7)
    texts.of(body.status_name)
    texts.of(body.detail_action_name)
  }
  message.status = String(body.status)
  externalChanged(kernel)
  return { message_id: message.message_id }
}
