import { ApiFailure, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { fieldType, isLink } from '../field-types.ts'
import type { FormSpot } from '../form-routes.ts'
import { Refusal, refuse, toFailure } from '../refusal.ts'
import { tableVisibleTo } from '../roles.ts'
import { type Base, bases, type Field, type Spot, type World } from '../state.ts'
import { queryText } from './answer.ts'
import { webQuestions } from './forms.ts'
import { choicesFor } from './forms-choices.ts'
import type { WebSharedForm, WebSubmitted } from './forms-shapes.ts'
import { hasSubmitted, submitForm } from './forms-submit.ts'

type Method = 'GET' | 'POST'

interface SharedSpot extends Spot {
  form: FormSpot
}

/**
 * `/_web/form/:form`: a form behind its link, for anybody. `?guest=<id>` is somebody who is not signed in, with what
 * their browser is remembered by; otherwise the person being played.
 */
export function registerSharedForms(world: World): void {
  const on = (method: Method, path: string, act: (call: WebCall, spot: SharedSpot) => unknown) =>
    world.kernel.web(method, `form/:form${path}`, (call) => {
      try {
        return act(call, sharedForm(world, call.params.form ?? ''))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        throw new ApiFailure(error.code, error.message || toFailure('view', error).message, { status: 400 })
      }
    })
  on('GET', '', (call, spot) => shownForm(world, spot, visitorOf(world, call)))
  on('POST', '/submit', (call, spot): WebSubmitted => {
    const visitor = visitorOf(world, call)
    const state = stateFor(world, spot, visitor)
    if (state !== 'open') refuse(1254302, closedText[state])
    const { cells } = call.body
    if (typeof cells !== 'object' || cells === null) return refuse(1254001, 'cells must be an object')
    const submission = { cells: cells as Record<string, unknown>, ...visitor }
    return { record_id: submitForm(world, spot, submission, (field) => isAsked(field, visitor)) }
  })
  on('GET', '/choices/:field', (call, spot) => {
    const visitor = visitorOf(world, call)
    const field = spot.table.fields.find((one) => one.field_id === call.params.field)
    if (!field || visitor.by === '' || stateFor(world, spot, visitor) !== 'open') return { items: [] }
    return choicesFor(world, { ...spot, field, openId: visitor.by }, queryText(call, 'q'))
  })
}

const closedText = {
  closed: '表单已停止收集 this form is closed',
  login: '请先登录再填写 sign in to fill in this form',
  uninvited: '你不在填写范围内 you are not invited to fill in this form',
  done: '你已经提交过了 you have submitted already',
}

/** The form of a link with its place. @throws ApiFailure 404 */
export function sharedForm(world: World, formId: string): SharedSpot {
  for (const base of bases(world))
    for (const table of base.tables) {
      const view = table.views.find((one) => one.view_id === formId)
      if (view?.form) return { base, table, form: { table, view, form: view.form } }
    }
  throw new ApiFailure(1254042, '没有这个表单 there is no such form', { status: 404 })
}

interface Visitor {
  by: string
  submitter: string
}

export function visitorOf(world: World, call: WebCall): Visitor {
  const guest = queryText(call, 'guest')
  if (guest !== '') return { by: '', submitter: `guest:${guest.slice(0, 64)}` }
  const { open_id } = personOf(world.kernel, call)
  return { by: open_id, submitter: open_id }
}

/** Whether this visitor may fill in the form now. */
export function stateFor(world: World, spot: SharedSpot, visitor: Visitor): WebSharedForm['state'] {
  const { shared, shared_limit } = spot.form.form
  if (!shared) return 'closed'
  if (shared_limit !== 'anyone_editable' && visitor.by === '') return 'login'
  if (shared_limit === 'off' && !tableVisibleTo(world, spot, visitor.by)?.canAdd) return 'uninvited'
  return hasSubmitted(world, spot.form, visitor.submitter) ? 'done' : 'open'
}

/** Guests are not asked for people, groups or records: they may not see their names. */
function isAsked(field: Field, visitor: Visitor): boolean {
  const named = isLink(field.type) || field.type === fieldType.user || field.type === fieldType.groupChat
  return visitor.by !== '' || !named
}

function shownForm(world: World, spot: SharedSpot, visitor: Visitor): WebSharedForm {
  const state = stateFor(world, spot, visitor)
  const base: Base = spot.base
  const { view, form } = spot.form
  const asked = state === 'open' ? webQuestions(spot.form, (field) => isAsked(field, visitor)) : []
  return {
    state,
    app_token: base.app_token,
    name: view.view_name,
    description: form.description,
    time_zone: base.time_zone,
    questions: asked.filter((one) => one.visible),
  }
}
