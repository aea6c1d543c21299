/** What is typed into a form, and how it becomes the values an approval is created with. */
import type { FormWidget, LaunchForm, UploadedFile } from '#sandbox/feishu/approval/web/shapes.ts'

/** By widget id; each widget's input knows its own shape. */
export type Draft = Readonly<Record<string, unknown>>

export interface Given {
  id: string
  type: string
  value: unknown
  [extra: string]: unknown
}

type Parts = Readonly<Record<string, string>>

/** Widgets that were left empty are not sent. */
export function toForm(widgets: readonly FormWidget[], draft: Draft): Given[] {
  return widgets.flatMap((widget) => {
    const given = toGiven(widget, draft[widget.id])
    return given ? [{ id: widget.id, type: widget.type, ...given }] : []
  })
}

function toGiven(
  widget: FormWidget,
  value: unknown,
): { value: unknown; [extra: string]: unknown } | undefined {
  switch (widget.type) {
    case 'number':
      return isNumber(value) ? { value: Number(value) } : undefined
    case 'amount': {
      const { amount = '', currency = currencyOf(widget) } = parts(value)
      return isNumber(amount) ? { value: Number(amount), currency } : undefined
    }
    case 'date':
      return value ? { value: toRfc3339(String(value)) } : undefined
    case 'dateInterval':
      return toInterval(parts(value))
    case 'contact':
      return isList(value) ? { value: [], open_ids: value } : undefined
    case 'department':
      return value ? { value: [{ open_id: value }] } : undefined
    case 'document':
      return toDocument(parts(value))
    case 'image':
    case 'imageV2':
    case 'attachmentV2':
      return isList(value) ? { value: (value as UploadedFile[]).map((file) => file.code) } : undefined
    case 'telephone': {
      const { countryCode = '+86', nationalNumber = '' } = parts(value)
      return nationalNumber.trim()
        ? { value: { countryCode, nationalNumber: nationalNumber.trim() } }
        : undefined
    }
    case 'address': {
      const { id = '', detailAddress = '' } = parts(value)
      return id ? { value: [{ id, ...(detailAddress && { detailAddress }) }] } : undefined
    }
    case 'fieldList':
      return toRows(widget, value)
    default:
      return isList(value) || (typeof value === 'string' && value.trim() !== '') ? { value } : undefined
  }
}

function toRows(widget: FormWidget, value: unknown): { value: Given[][] } | undefined {
  if (!isList(value)) return undefined
  const rows = (value as Draft[])
    .map((row) => toForm(widget.children ?? [], row))
    .filter((row) => row.length > 0)
  return rows.length > 0 ? { value: rows } : undefined
}

function toInterval({ start = '', end = '' }: Parts): { value: object } | undefined {
  if (!start || !end) return undefined
  return { value: { start: toRfc3339(start), end: toRfc3339(end), interval: daysBetween(start, end) } }
}

/** Days with one decimal; never negative. */
export function daysBetween(start: string, end: string): number {
  const days = (new Date(end).getTime() - new Date(start).getTime()) / 86_400_000
  return Number.isFinite(days) ? Math.max(0, Math.round(days * 10) / 10) : 0
}

function toDocument({ link = '' }: Parts): { value: object } | undefined {
  const token = link.trim().match(/(?:docx\/)?([\w-]{4,})\/?(?:[?#].*)?$/)?.[1]
  return token ? { value: { token, type: 'docx', title: link.trim() } } : undefined
}

/** `2026-11-21T09:30` in this browser's zone. */
function toRfc3339(local: string): string {
  const minutes = -new Date(local).getTimezoneOffset()
  const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0')
  return `${local.slice(0, 16)}:00${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

function toLocal(text: unknown): string {
  const at = new Date(String(text))
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The draft of values that were sent before. */
export function fromGiven(widgets: readonly FormWidget[], given: LaunchForm['given']): Draft {
  return Object.fromEntries(
    given.map((one) => [
      one.id,
      fromOne(
        one,
        widgets.find((widget) => widget.id === one.id),
      ),
    ]),
  )
}

function fromOne(given: LaunchForm['given'][number], widget: FormWidget | undefined): unknown {
  const { value } = given
  switch (given.type) {
    case 'number':
      return String(value)
    case 'amount':
      return { amount: String(value), currency: String(given.currency ?? 'CNY') }
    case 'date':
      return toLocal(value)
    case 'dateInterval':
      return { start: toLocal(parts(value).start), end: toLocal(parts(value).end) }
    case 'contact':
      return given.open_ids ?? []
    case 'department':
      return (value as { open_id: string }[])[0]?.open_id
    case 'document':
      return { link: parts(value).title ?? parts(value).token }
    case 'image':
    case 'imageV2':
    case 'attachmentV2':
      return (value as string[]).map((code) => ({
        code,
        name: code.slice(0, 8),
        size: 0,
        image: given.type !== 'attachmentV2',
      }))
    case 'address':
      return (value as object[])[0]
    case 'fieldList':
      return (value as LaunchForm['given'][]).map((row) => fromGiven(widget?.children ?? [], row))
    default:
      return value
  }
}

/** Names of required widgets that are still empty, with those of started rows. */
export function missingIn(widgets: readonly FormWidget[], draft: Draft): string[] {
  return widgets.flatMap((widget) => {
    if (widget.type === 'text') return []
    const given = toGiven(widget, draft[widget.id])
    if (!given) return widget.required ? [widget.name] : []
    if (widget.type !== 'fieldList') return []
    const rows = draft[widget.id] as Draft[]
    return rows.flatMap((row) =>
      missingIn(widget.children ?? [], row).map((name) => `${widget.name} · ${name}`),
    )
  })
}

export function currencyOf(widget: FormWidget): string {
  return widget.value ?? currenciesOf(widget)[0] ?? 'CNY'
}

export function currenciesOf(widget: FormWidget): readonly string[] {
  return widget.option && !Array.isArray(widget.option) ? widget.option.currencyRange : ['CNY']
}

export function parts(value: unknown): Parts {
  return (value ?? {}) as Parts
}

function isNumber(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0
}
