import { changeForm, changeQuestion, type FormSpot, formNamed, question, questions } from '../form-routes.ts'
import { refuse } from '../refusal.ts'
import { type Field, structureChanged, type World } from '../state.ts'
import { answerForTable, queryText, type TableCall } from './answer.ts'
import { registerAttachments } from './forms-attachments.ts'
import { choicesFor } from './forms-choices.ts'
import type { WebForm, WebQuestion, WebSubmitted } from './forms-shapes.ts'
import { registerSharedForms } from './forms-share.ts'
import { hasSubmitted, submitForm } from './forms-submit.ts'
import { webField } from './read-base.ts'

/** Form views inside a base: read, fill in, change; and the pages behind their links. */
export function registerFormPages(world: World): void {
  const path = '/forms/:form'
  answerForTable(world, 'GET', path, (call) => webForm(world, call, formOf(call)))
  answerForTable(world, 'POST', `${path}/submit`, (call): WebSubmitted => {
    if (!call.eyes.may(call.spot.table).add) refuse(1254302, 'you may not add records here')
    const { cells } = call.body
    if (typeof cells !== 'object' || cells === null) refuse(1254001, 'cells must be an object')
    const record_id = submitForm(
      world,
      { ...call.spot, form: formOf(call) },
      { cells: cells as Record<string, unknown>, by: call.openId, submitter: call.openId },
      (field) => fills(call, field),
    )
    return { record_id }
  })
  answerForTable(world, 'PATCH', path, (call) => {
    const form = managed(call)
    changeForm(form, call.body)
    structureChanged(world)
    return webForm(world, call, form)
  })
  answerForTable(world, 'PATCH', `${path}/questions/:field`, (call) => {
    const form = managed(call)
    changeQuestion(form, { params: { field_id: call.params.field ?? '' }, body: call.body })
    structureChanged(world)
    return webForm(world, call, form)
  })
  answerForTable(world, 'GET', `${path}/choices/:field`, (call) => {
    const field = call.eyes.fields(call.spot.table).find((one) => one.field_id === call.params.field)
    if (!field) return refuse(1254044, 'no such question')
    return choicesFor(world, { ...call.spot, field, openId: call.openId }, queryText(call, 'q'))
  })
  registerSharedForms(world)
  registerAttachments(world)
}

function formOf(call: TableCall): FormSpot {
  const form = formNamed(call.spot.table, call.params.form ?? '')
  if (!call.eyes.views(call.spot.table).includes(form.view)) refuse(1254042, 'no such form')
  return form
}

function managed(call: TableCall): FormSpot {
  call.eyes.mustMay(call.spot.table, 'views')
  return formOf(call)
}

function fills({ eyes, spot }: TableCall, field: Field): boolean {
  const right = eyes.sight(spot.table).field(field)
  return right === 'add' || right === 'edit'
}

function webForm(world: World, call: TableCall, form: FormSpot): WebForm {
  const { view, form: settings } = form
  const may = call.eyes.may(call.spot.table)
  const { shared, shared_limit, submit_limit_once, description } = settings
  return {
    form_id: view.view_id,
    name: view.view_name,
    description,
    time_zone: call.spot.base.time_zone,
    questions: webQuestions(form, (field) => fills(call, field)),
    settings: {
      shared,
      shared_limit: shared_limit as WebForm['settings']['shared_limit'],
      submit_limit_once,
      shared_url: `${world.kernel.baseUrl()}/share/base/form/${view.view_id}`,
    },
    may: { submit: may.add, manage: may.views },
    done: hasSubmitted(world, form, call.openId),
  }
}

/** Questions in the form's order, for fields that `allowed` lets be filled in. */
export function webQuestions(form: FormSpot, allowed: (field: Field) => boolean): WebQuestion[] {
  return questions(form)
    .filter(allowed)
    .map((field) => ({ field: webField(field, true), ...question(form.form, field) }))
}
