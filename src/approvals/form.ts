/**
 * Fits our fields into the widgets of the definition that people made in the console (Feishu docs: 审批实例表单控件参数).
 */
import type { AnyApproval, WidgetDef, WidgetType, WidgetValue } from '#src/contracts/approval.ts'
import type { ApprovalWidget } from '#src/feishu/types.ts'

export type FormResult = { ok: true; form: string } | { ok: false; problems: string[] }

const dayMs = 86_400_000
const shanghaiOffsetMs = 8 * 3_600_000

/** RFC 3339 with the Shanghai offset: dates in forms are the one place where Feishu does not speak milliseconds. */
export function rfc3339(ms: number): string {
  return new Date(ms + shanghaiOffsetMs).toISOString().replace(/\.\d{3}Z$/, '+08:00')
}

/** Widget types a field of ours may be put into: the console's maker may have chosen a close relative. */
const accepts: Record<WidgetType, readonly string[]> = {
  input: ['input', 'textarea'],
  textarea: ['textarea', 'input'],
  number: ['number', 'amount', 'input'],
  amount: ['amount', 'number', 'input'],
  date: ['date', 'input'],
  radioV2: ['radioV2', 'radio', 'input'],
  checkboxV2: ['checkboxV2', 'checkbox'],
  contact: ['contact'],
}

function findWidget(widgets: readonly ApprovalWidget[], def: WidgetDef): ApprovalWidget | undefined {
  return widgets.find((w) => w.customId === def.customId) ?? widgets.find((w) => w.name === def.name)
}

const yuan = (fen: number) => {
  const sign = fen < 0 ? '-' : ''
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function asText(def: WidgetDef, value: WidgetValue): string {
  if (def.type === 'amount' && typeof value === 'number') return yuan(value)
  if (def.type === 'date' && typeof value === 'number') return rfc3339(value).replace('T', ' ').slice(0, 16)
  return Array.isArray(value) ? value.join('、') : String(value)
}

/** Amounts come in fen and leave in yuan; undefined when the value is no number. */
function asNumber(def: WidgetDef, value: WidgetValue): number | undefined {
  const number = Number(value)
  if (!Number.isFinite(number)) return undefined
  return def.type === 'amount' ? Number(yuan(number)) : number
}

function optionKey(widget: ApprovalWidget, value: string): string | undefined {
  return widget.options.find((o) => o.text === value || o.key === value)?.key
}

/** One widget of the create call, or what is wrong with it. */
function fillWidget(
  widget: ApprovalWidget,
  def: WidgetDef,
  value: WidgetValue,
): Record<string, unknown> | string {
  const head = { id: widget.id, type: widget.type }
  switch (widget.type) {
    case 'input':
    case 'textarea':
      return { ...head, value: asText(def, value) }
    case 'number':
    case 'amount': {
      const number = asNumber(def, value)
      if (number === undefined) return `控件「${widget.name}」需要数字，得到的是「${String(value)}」`
      return { ...head, value: number, ...(widget.type === 'amount' ? { currency: 'CNY' } : {}) }
    }
    case 'date':
      return Number.isFinite(Number(value))
        ? { ...head, value: rfc3339(Number(value)) }
        : `控件「${widget.name}」需要日期，得到的是「${String(value)}」`
    case 'radioV2':
    case 'radio': {
      const key = optionKey(widget, String(value))
      return key === undefined
        ? `控件「${widget.name}」没有选项「${String(value)}」`
        : { ...head, value: key }
    }
    case 'checkboxV2':
    case 'checkbox': {
      const wanted = Array.isArray(value) ? value : [String(value)]
      const keys = wanted.map((v) => optionKey(widget, v))
      const missing = wanted.find((_, i) => keys[i] === undefined)
      return missing === undefined ? { ...head, value: keys } : `控件「${widget.name}」没有选项「${missing}」`
    }
    case 'contact':
      return { ...head, value: [], open_ids: Array.isArray(value) ? value : [String(value)] }
    default:
      return `控件「${widget.name}」的类型 ${widget.type} 不能由接口填写`
  }
}

function fitOne(
  widgets: readonly ApprovalWidget[],
  def: WidgetDef,
  value: WidgetValue | undefined,
): Record<string, unknown> | string | undefined {
  const widget = findWidget(widgets, def)
  if (widget === undefined) {
    return def.required ? `审批定义缺少控件「${def.name}」（自定义 ID ${def.customId}）` : undefined
  }
  if (!accepts[def.type].includes(widget.type)) {
    return `控件「${widget.name}」的类型是 ${widget.type}，需要 ${accepts[def.type].join(' 或 ')}`
  }
  // Feishu refuses a present widget without a value, so an empty one is left out.
  if (value === undefined || value === '') return undefined
  return fillWidget(widget, def, value)
}

/**
 * The `form` of a create call (a JSON string), or everything that does not fit, naming each widget: required widgets
 * that are missing, types that cannot take our value, options that do not exist, widgets of theirs that are required
 * and that we do not know.
 */
export function buildForm(
  approval: AnyApproval,
  widgets: readonly ApprovalWidget[],
  input: unknown,
): FormResult {
  const values = approval.fill(input as never)
  const problems: string[] = []
  const filled: Record<string, unknown>[] = []
  for (const [key, def] of Object.entries<WidgetDef>(approval.widgets)) {
    const fitted = fitOne(widgets, def, values[key])
    if (typeof fitted === 'string') problems.push(fitted)
    else if (fitted !== undefined) filled.push(fitted)
  }
  const known = new Set(Object.values<WidgetDef>(approval.widgets).map((def) => findWidget(widgets, def)?.id))
  for (const widget of widgets) {
    if (widget.required && !known.has(widget.id))
      problems.push(`控件「${widget.name}」为必填，但系统没有对应的内容`)
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, form: JSON.stringify(filled) }
}

/** How long to wait before an open case is read again: soon while it is young, ever more rarely as it ages. */
export function nextCheckDelay(ageMs: number): number {
  if (ageMs < 10 * 60_000) return 60_000
  if (ageMs < 3_600_000) return 5 * 60_000
  if (ageMs < dayMs) return 20 * 60_000
  if (ageMs < 7 * dayMs) return 3_600_000
  return 6 * 3_600_000
}
