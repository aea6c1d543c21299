/** An instance's form: read from the JSON text an app sends, written as the JSON text an app gets. */
import type { Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import { approvalFailure } from './failures.ts'
import { fileLink } from './file-links.ts'
import { fileByCode } from './files.ts'
import type { Definition, Filled, Widget } from './state.ts'
import { checks, type Given, readBack } from './widget-values.ts'

/**
 * Widgets are found by id or custom id. Required ones may be absent, but a widget that is present needs a fitting value.
 * Throws 60006 for a widget the definition does not have like this, 1390001 for everything else.
 */
export function readForm(kernel: Kernel, definition: Definition, text: unknown): Filled[] {
  const filled = readWidgets(kernel, definition.form, parseList(text))
  const twice = filled.find((one, index) => filled.findIndex((other) => other.id === one.id) !== index)
  if (twice) throw approvalFailure(1390001, `控件=${twice.id} appears twice`)
  return filled
}

function parseList(text: unknown): unknown[] {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : undefined
    if (Array.isArray(value)) return value
  } catch {
    // refused below like every other form that is not a list
  }
  throw approvalFailure(1390001, 'form must be a JSON array as text')
}

function readWidgets(kernel: Kernel, widgets: readonly Widget[], given: readonly unknown[]): Filled[] {
  return given.map((entry) => readWidget(kernel, widgets, entry))
}

function readWidget(kernel: Kernel, widgets: readonly Widget[], entry: unknown): Filled {
  if (entry === null || typeof entry !== 'object')
    throw approvalFailure(1390001, 'a widget must be an object')
  const given = entry as Given & { id?: unknown; type?: unknown }
  const widget = widgets.find(
    (one) => one.id === given.id || (one.custom_id !== undefined && one.custom_id === given.id),
  )
  if (!widget) throw approvalFailure(60006, `控件=${String(given.id)} is not in the definition`)
  if (given.type !== widget.type) {
    throw approvalFailure(60006, `控件=${widget.id} is of type ${widget.type}, not ${String(given.type)}`)
  }
  if (given.value === undefined || given.value === null)
    throw approvalFailure(1390001, `控件=${widget.id} has no value`)
  const { id: _id, type: _type, name: _name, value, ...extra } = given
  return {
    id: widget.id,
    custom_id: widget.custom_id,
    name: widget.name,
    type: widget.type,
    value: readValue(kernel, widget, given),
    extra: value === undefined ? {} : extra,
  }
}

function readValue(kernel: Kernel, widget: Widget, given: Given): unknown {
  if (widget.type === 'fieldList') return readRows(kernel, widget, given.value)
  const check = checks[widget.type]
  if (!check) throw approvalFailure(60006, `控件=${widget.id} cannot be set through the API`)
  const problem = check(given, widget, kernel)
  if (problem) throw approvalFailure(1390001, `控件=${widget.id} ${problem}`)
  return given.value
}

function readRows(kernel: Kernel, widget: Widget, rows: unknown): Filled[][] {
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw approvalFailure(1390001, `控件=${widget.id} a list of rows is expected`)
  }
  return rows.map((row) => readWidgets(kernel, widget.children ?? [], row))
}

/** The form of GET: option texts instead of keys, links instead of file codes. `texts`: another locale's names. */
export function writeForm(
  kernel: Kernel,
  definition: Definition | undefined,
  filled: readonly Filled[],
  texts: Readonly<Record<string, string>> = {},
): string {
  return JSON.stringify(filled.map((one) => writeWidget(kernel, definition?.form ?? [], one, texts)))
}

function writeWidget(
  kernel: Kernel,
  widgets: readonly Widget[],
  filled: Filled,
  texts: Readonly<Record<string, string>>,
): object {
  const widget = widgets.find((one) => one.id === filled.id)
  const { id, custom_id, name, type, extra } = filled
  return {
    id,
    ...(custom_id ? { custom_id } : {}),
    name: texts[id] ?? name,
    type,
    ext: null,
    ...extra,
    ...written(kernel, widget, filled, texts),
  }
}

function written(
  kernel: Kernel,
  widget: Widget | undefined,
  { type, value, extra }: Filled,
  texts: Readonly<Record<string, string>>,
): { value: unknown; [other: string]: unknown } {
  if (type === 'fieldList')
    return {
      value: (value as Filled[][]).map((row) =>
        row.map((one) => writeWidget(kernel, widget?.children ?? [], one, texts)),
      ),
    }
  if (type === 'contact') return bothIds(kernel, value, extra)
  if (['attachment', 'attachmentV2', 'image', 'imageV2'].includes(type))
    return {
      value: (value as string[]).map((code) => fileLink(kernel, code)),
      ext: (value as string[]).map((code) => fileByCode(kernel, code)?.name ?? '').join(','),
    }
  return { value: shown(widget, value) }
}

/** People come back with both kinds of ids, whichever the applicant gave. */
function bothIds(kernel: Kernel, value: unknown, { open_ids }: Record<string, unknown>) {
  const byUserId = (Array.isArray(value) ? value : []).map((id) => findPerson(kernel, String(id), 'user_id'))
  const byOpenId = (Array.isArray(open_ids) ? open_ids : []).map((id) =>
    findPerson(kernel, String(id), 'open_id'),
  )
  const people = [...new Set([...byUserId, ...byOpenId])].filter((one) => one !== undefined)
  return { value: people.map((one) => one.user_id), open_ids: people.map((one) => one.open_id) }
}

function shown(widget: Widget | undefined, value: unknown): unknown {
  if (!widget) return value
  if (widget.type !== 'fieldList') return readBack(value, widget)
  return (value as Filled[][]).map((row) =>
    row.map((one) => ({
      id: one.id,
      name: one.name,
      value: shown(
        widget.children?.find((child) => child.id === one.id),
        one.value,
      ),
    })),
  )
}

/** Values by the widget's visible name, options as text: for the effects and the inbox. */
export function valuesByName(
  definition: Definition | undefined,
  filled: readonly Filled[],
): Record<string, unknown> {
  return Object.fromEntries(
    filled.map((one) => [
      one.name,
      shown(
        definition?.form.find((widget) => widget.id === one.id),
        one.value,
      ),
    ]),
  )
}
