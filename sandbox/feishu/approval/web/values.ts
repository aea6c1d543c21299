/** An instance's form as its readers see it. */
import type { Kernel } from '../../../kernel/types.ts'
import { findDepartment } from '../../contact/departments.ts'
import { findPerson } from '../../contact/people.ts'
import { addressInWords } from '../districts.ts'
import { fileByCode } from '../files.ts'
import { type Definition, type Filled, type Instance, instanceIndex, type Widget } from '../state.ts'
import { readBack } from '../widget-values.ts'
import { concerns, titleOf, whoIs } from './seen.ts'
import type { ShownValue, ShownWidget } from './shapes.ts'

export interface Reader {
  kernel: Kernel
  /** who reads */
  me: string
}

type Show = (reader: Reader, filled: Filled, widget: Widget | undefined) => ShownValue

const kinds: Readonly<Record<string, Show>> = {
  number: (_reader, { value }) => ({ kind: 'number', number: Number(value) }),
  amount: (_reader, { value, extra }) => ({
    kind: 'amount',
    number: Number(value),
    currency: String(extra.currency ?? 'CNY'),
  }),
  date: (_reader, { value }) => ({ kind: 'date', text: String(value) }),
  dateInterval: (_reader, { value }) => {
    const { start, end, interval } = value as Record<string, unknown>
    return { kind: 'interval', start: String(start), end: String(end), days: Number(interval) }
  },
  radio: choices,
  radioV2: choices,
  checkbox: choices,
  checkboxV2: choices,
  contact: ({ kernel }, { value, extra }) => ({ kind: 'people', people: peopleOf(kernel, value, extra) }),
  department: ({ kernel }, { value }) => ({
    kind: 'choices',
    texts: (value as { open_id: string }[]).map(
      (one) => findDepartment(kernel, one.open_id, 'open_department_id')?.name ?? one.open_id,
    ),
  }),
  connect: (reader, { value }) => ({ kind: 'instances', items: instancesOf(reader, value as string[]) }),
  document: (_reader, { value }) => {
    const { token, title, url } = value as Record<string, unknown>
    return { kind: 'document', title: String(title ?? token), url: String(url ?? `/docx/${String(token)}`) }
  },
  attachment: files,
  attachmentV2: files,
  image: files,
  imageV2: files,
  telephone: (_reader, { value }) => {
    const { countryCode, nationalNumber } = value as Record<string, string>
    return { kind: 'phone', text: `${countryCode} ${nationalNumber}` }
  },
  address: (_reader, { value }) => ({
    kind: 'address',
    text: (value as { id: string; detailAddress?: string }[]).map(addressInWords).join('；'),
  }),
  fieldList: (reader, { value }, widget) => ({
    kind: 'rows',
    rows: (value as Filled[][]).map((row) => showForm(reader, widget?.children ?? [], row)),
  }),
}

export function showForm(
  reader: Reader,
  widgets: readonly Widget[],
  filled: readonly Filled[],
): ShownWidget[] {
  return filled.map((one) => {
    const widget = widgets.find((other) => other.id === one.id)
    const show = kinds[one.type] ?? asText
    return { id: one.id, name: one.name, type: one.type, value: show(reader, one, widget) }
  })
}

/** In the order of the definition, whatever the order an app sent. */
export function orderedForm(definition: Definition | undefined, filled: readonly Filled[]): Filled[] {
  const place = new Map(definition?.form.map((widget, index) => [widget.id, index]))
  return filled.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
}

function asText(_reader: Reader, { value }: Filled): ShownValue {
  return { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }
}

function choices(_reader: Reader, { value }: Filled, widget: Widget | undefined): ShownValue {
  const texts = widget ? readBack(value, widget) : value
  return { kind: 'choices', texts: (Array.isArray(texts) ? texts : [texts]).map(String) }
}

function peopleOf(kernel: Kernel, value: unknown, { open_ids }: Record<string, unknown>) {
  const byUserId = (Array.isArray(value) ? value : []).map(
    (id) => findPerson(kernel, String(id), 'user_id')?.open_id ?? String(id),
  )
  const ids = new Set([...byUserId, ...(Array.isArray(open_ids) ? open_ids.map(String) : [])])
  return [...ids].map((openId) => whoIs(kernel, openId))
}

function instancesOf({ kernel, me }: Reader, codes: readonly string[]) {
  return codes.flatMap((code) => {
    const found: Instance | undefined = instanceIndex(kernel).byCode.get(code)
    return found
      ? [
          {
            instance_code: code,
            title: `${titleOf(kernel, found)} ${found.serial_number}`,
            mine: concerns(found, me),
          },
        ]
      : []
  })
}

function files({ kernel }: Reader, { value }: Filled): ShownValue {
  return {
    kind: 'files',
    files: (value as string[]).map((code) => {
      const file = fileByCode(kernel, code)
      return {
        code,
        name: file?.name ?? '文件',
        size: file?.size ?? 0,
        image: file?.type === 'image',
        path: `approval/files/${encodeURIComponent(code)}`,
      }
    }),
  }
}

/** One value in a few words, for lists. */
export function inWords(value: ShownValue): string {
  switch (value.kind) {
    case 'number':
      return String(value.number)
    case 'amount':
      return `${value.currency === 'CNY' ? '¥' : `${value.currency} `}${value.number.toLocaleString('zh-CN', { minimumFractionDigits: 2 })}`
    case 'interval':
      return `${value.start.slice(0, 10)} 至 ${value.end.slice(0, 10)}`
    case 'date':
      return value.text.slice(0, 16).replace('T', ' ')
    case 'choices':
      return value.texts.join('、')
    case 'people':
      return value.people.map((one) => one.name).join('、')
    case 'instances':
      return value.items.map((one) => one.title).join('、')
    case 'document':
      return value.title
    case 'files':
      return value.files.map((one) => one.name).join('、')
    case 'rows':
      return `${value.rows.length} 条明细`
    default:
      return value.text
  }
}
