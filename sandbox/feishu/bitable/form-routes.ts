import type { ApiCall } from '../../kernel/types.ts'
import { requireStructure } from './app-rights.ts'
import { isReadOnly } from './field-types.ts'
import { spotOf, viewOf } from './find.ts'
import { limits, rates } from './limits.ts'
import { page } from './paging.ts'
import { listPageSize, queryText } from './query.ts'
import { refuse } from './refusal.ts'
import { paths, serve } from './route.ts'
import { type Field, type Form, structureChanged, type Table, type View, type World } from './state.ts'
import { readViewName } from './view-name.ts'
import { oneWriteAtATime } from './write-guard.ts'

const text = { type: 'string' }
const flag = { type: 'boolean' }
const formPatch = {
  type: 'object',
  properties: {
    name: text,
    description: text,
    shared: flag,
    shared_limit: { enum: ['off', 'tenant_editable', 'anyone_editable'] },
    submit_limit_once: flag,
  },
}
const questionPatch = {
  type: 'object',
  properties: { pre_field_id: text, title: text, description: text, required: flag, visible: flag },
}

const upgradeBody = {
  type: 'object',
  required: ['form_name', 'display_mode'],
  properties: { form_name: text, display_mode: text },
}

export interface FormSpot {
  table: Table
  view: View
  form: Form
}

/** 表单：获取、更新、问题列表、更新问题。A form's id is the id of its view. */
export function registerForms(world: World): void {
  registerUpgrade(world)
  const path = `${paths.table}/forms/:form_id`
  const limit = rates.structureWrite
  serve(world, 'view', { method: 'GET', path, limit: rates.read }, (call) => ({
    form: shown(world, formOf(world, call)),
  }))
  serve(world, 'view', { method: 'PATCH', path, limit, body: formPatch }, (call) =>
    write(world, call, (spot) => {
      changeForm(spot, call.body)
      return { form: shown(world, spot) }
    }),
  )
  serve(world, 'view', { method: 'GET', path: `${path}/fields`, limit: rates.read }, (call) => {
    const spot = formOf(world, call)
    const wanted = { token: queryText(call.query, 'page_token'), size: listPageSize(call.query) }
    const { items, ...rest } = page(questions(spot), wanted, (field) => field.field_id)
    return {
      ...rest,
      items: items.map((field) => ({ field_id: field.field_id, ...question(spot.form, field) })),
    }
  })
  serve(
    world,
    'view',
    { method: 'PATCH', path: `${path}/fields/:field_id`, limit, body: questionPatch },
    (call) =>
      write(world, call, (spot) => {
        const question = changeQuestion(spot, call)
        return { fields: question }
      }),
  )
}

/** 升级表单: a new view of the newer kind is made from an old form. */
function registerUpgrade(world: World): void {
  const path = `${paths.table}/forms/:form_id/upgrade`
  serve(world, 'formUpgrade', { method: 'POST', path, limit: rates.read, body: upgradeBody }, (call) =>
    write(world, call, ({ table, view, form }) => {
      const name = upgradedName(table, call.body.form_name)
      const mode = call.body.display_mode
      if (mode !== 'traditional' && mode !== 'one_question_per_page') refuse(1254126, `display_mode ${mode}`)
      if (form.upgraded) refuse(1254128, 'the form is upgraded already')
      const made: View = { ...structuredClone(view), view_id: world.kernel.id('vew'), view_name: name }
      made.form = { ...structuredClone(form), upgraded: true }
      table.views.push(made)
      return { form: { id: made.view_id } }
    }),
  )
}

function upgradedName(table: Table, given: unknown): string {
  const name = typeof given === 'string' ? given.trim() : ''
  if (name === '') refuse(1254124, 'form_name is empty')
  if (name.length > limits.nameChars || /[[\]]/.test(name))
    refuse(1254125, `form_name "${name}" is not allowed`)
  if (table.views.some((one) => one.view_name === name)) refuse(1254127, `there is a view named "${name}"`)
  return name
}

function write<T>(world: World, call: ApiCall, change: (spot: FormSpot) => T): Promise<T> {
  const spot = formOf(world, call)
  const { base } = spotOf(world, call.params)
  requireStructure(world, base)
  return oneWriteAtATime(world, base, () => {
    const answer = change(spot)
    structureChanged(world)
    return answer
  })
}

function formOf(world: World, { params }: ApiCall): FormSpot {
  const { table } = spotOf(world, params)
  return formNamed(table, params.form_id ?? '')
}

/** @throws Refusal 1254042 when the view is no form */
export function formNamed(table: Table, formId: string): FormSpot {
  const view = viewOf(table, formId)
  return view.form ? { table, view, form: view.form } : refuse(1254042, `view ${view.view_id} is no form`)
}

function shown(world: World, { view, form }: FormSpot) {
  const { description, shared, shared_limit, submit_limit_once } = form
  const url = `${world.kernel.baseUrl()}/share/base/form/${view.view_id}`
  return {
    name: view.view_name,
    description,
    shared,
    ...(shared ? { shared_url: url } : {}),
    shared_limit,
    submit_limit_once,
  }
}

/** Applies `{name, description, shared, shared_limit, submit_limit_once}`, whoever asks. */
export function changeForm({ view, form }: FormSpot, given: Record<string, unknown>): void {
  if (given.name !== undefined) view.view_name = readViewName(given.name)
  const { description, shared, shared_limit, submit_limit_once } = given as Partial<Form>
  if (shared_limit !== undefined && !(shared ?? form.shared))
    refuse(1254001, 'shared_limit needs shared true')
  Object.assign(form, {
    description: description ?? form.description,
    shared: shared ?? form.shared,
    shared_limit: shared_limit ?? form.shared_limit,
    submit_limit_once: submit_limit_once ?? form.submit_limit_once,
  })
}

/** Fields a person can fill in, in the form's order. */
export function questions({ table, form }: FormSpot): Field[] {
  const fields = table.fields.filter((field) => !isReadOnly(field.type))
  const rank = (field: Field) =>
    form.order.includes(field.field_id) ? form.order.indexOf(field.field_id) : fields.length
  return form.order.length === 0 ? fields : fields.toSorted((a, b) => rank(a) - rank(b))
}

/** How a form asks for a field. */
export function question(form: Form, field: Field) {
  const { title, description, required, visible } = form.questions[field.field_id] ?? {}
  return {
    title: title ?? field.field_name,
    description: description ?? '',
    required: required ?? false,
    visible: visible ?? true,
  }
}

/** Applies `{pre_field_id, title, description, required, visible}` to a question, whoever asks. */
export function changeQuestion(spot: FormSpot, { params, body }: Pick<ApiCall, 'params' | 'body'>) {
  const fields = questions(spot)
  const field = fields.find((f) => f.field_id === params.field_id)
  if (!field) return refuse(1254049, `form has no question ${params.field_id}`)
  const { pre_field_id, title, description, required, visible } = body as Record<string, string & boolean>
  const { form } = spot
  form.questions[field.field_id] = {
    ...question(form, field),
    ...Object.fromEntries(
      Object.entries({ title, description, required, visible }).filter(([, v]) => v !== undefined),
    ),
  }
  if (pre_field_id !== undefined) moveAfter(form, fields, field.field_id, pre_field_id)
  const order = questions(spot).map((f) => f.field_id)
  return { pre_field_id: order[order.indexOf(field.field_id) - 1] ?? '', ...question(form, field) }
}

function moveAfter(form: Form, fields: Field[], id: string, previous: string): void {
  const order = fields.map((f) => f.field_id).filter((other) => other !== id)
  if (previous !== '' && !order.includes(previous)) refuse(1254049, `form has no question ${previous}`)
  order.splice(previous === '' ? 0 : order.indexOf(previous) + 1, 0, id)
  form.order = order
}
