import { createOptions, readFields, startWrite } from '../cell-write.ts'
import { isSelect } from '../field-types.ts'
import { type FormSpot, question, questions } from '../form-routes.ts'
import { refuse } from '../refusal.ts'
import { insertRows } from '../row-writes.ts'
import { optionsOf } from '../select-options.ts'
import type { Field, Spot, World } from '../state.ts'

const part = 'bitable-form-submissions'

export interface Submission {
  /** By field_id, as in the open API. */
  cells: Record<string, unknown>
  /** open_id; '' for somebody who is not signed in */
  by: string
  /** Who counts for "once": the open_id, or what the browser of a guest remembers. */
  submitter: string
}

/** Forms that were submitted, by whom: form_id → submitters. */
function submissions(world: World): Record<string, string[]> {
  return world.kernel.state<Record<string, string[]>>(part, () => ({}))
}

export function hasSubmitted(world: World, { view, form }: FormSpot, submitter: string): boolean {
  return (
    form.submit_limit_once && submitter !== '' && (submissions(world)[view.view_id] ?? []).includes(submitter)
  )
}

/**
 * Adds a record from a filled-in form; `allowed` says which fields this person may fill. The change event names them
 * as its operator. @throws Refusal 1254007 when a required answer is missing
 */
export function submitForm(
  world: World,
  spot: Spot & { form: FormSpot },
  submission: Submission,
  allowed: (field: Field) => boolean,
): string {
  const { form } = spot
  if (hasSubmitted(world, form, submission.submitter))
    refuse(1254608, '你已经提交过了 you have submitted already')
  const asked = questions(form).filter((field) => question(form.form, field).visible && allowed(field))
  const cells: Record<string, unknown> = {}
  for (const field of asked) {
    const value = submission.cells[field.field_id]
    if (isBlank(value)) {
      const { required, title } = question(form.form, field)
      if (required) refuse(1254007, `“${title}”必填 is required`)
      continue
    }
    cells[field.field_name] = known(field, value)
  }
  const write = startWrite(world, spot, 'open_id')
  const [row] = insertRows(world, spot, [readFields(write, cells)], submission.by)
  createOptions(write)
  remember(world, form, submission.submitter)
  return row?.record_id ?? ''
}

function isBlank(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  )
}

/** Who fills in a form chooses among its options and makes no new ones. */
function known(field: Field, value: unknown): unknown {
  if (!isSelect(field.type)) return value
  const names = new Set(optionsOf(field).map((option) => option.name))
  for (const name of Array.isArray(value) ? value : [value])
    if (!names.has(String(name))) refuse(1254062, `“${String(name)}” is no option of ${field.field_name}`)
  return value
}

function remember(world: World, { view, form }: FormSpot, submitter: string): void {
  if (submitter === '' || !form.submit_limit_once) return
  const all = submissions(world)
  all[view.view_id] = [...(all[view.view_id] ?? []), submitter]
  world.kernel.changed(part)
}
