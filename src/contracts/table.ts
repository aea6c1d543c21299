/**
 * Bitable tables as code. A table is data: fields with our key, a visible name, a type and an owner. Values in our
 * own shapes (`RowOf`): text string, money integer fen, date ms, select the option's text, person an open_id,
 * group a chat_id, link {text, url}, number, checkbox boolean. Codecs in src/bitable turn them into Feishu's.
 */
export interface Link {
  text: string
  url: string
}

interface ValueOf {
  text: string
  number: number
  /** integer fen; shown as yuan with two decimals */
  money: number
  select: string
  multiSelect: string[]
  date: number
  checkbox: boolean
  /** open_id */
  person: string
  phone: string
  link: Link
  /** chat_id */
  group: string
}
export type FieldType = keyof ValueOf

/** Who may change a field: system fields edited by hand are put back, staff fields flow to us, shared: latest wins. */
export type Owner = 'system' | 'staff' | 'shared'

export interface FieldDef<T extends FieldType = FieldType> {
  readonly type: T
  /** Visible name (zh). */
  readonly name: string
  readonly nameEn: string | undefined
  readonly description: string | undefined
  readonly owner: Owner
  /** The field whose text is the row's key; exactly one, always the first field, always text. */
  readonly isKey: boolean
  /** Select options in order, with Feishu's colour number 0–54. */
  readonly options: readonly { readonly name: string; readonly color?: number }[]
  /** Feishu formatter, e.g. `yyyy/MM/dd HH:mm` or `0.00`. */
  readonly format: string | undefined
}

interface FieldBuilder<T extends FieldType> extends FieldDef<T> {
  key(): FieldBuilder<T>
  ownedBy(owner: Owner): FieldBuilder<T>
  en(name: string): FieldBuilder<T>
  describe(text: string): FieldBuilder<T>
}

type FieldExtras = Pick<Partial<FieldDef>, 'options' | 'format'>

function field<T extends FieldType>(type: T, name: string, extras: FieldExtras = {}): FieldBuilder<T> {
  const def: FieldDef<T> = {
    type,
    name,
    nameEn: undefined,
    description: undefined,
    owner: 'system',
    isKey: false,
    options: extras.options ?? [],
    format: extras.format,
  }
  const wrap = (d: FieldDef<T>): FieldBuilder<T> => ({
    ...d,
    key: () => wrap({ ...d, isKey: true }),
    ownedBy: (owner) => wrap({ ...d, owner }),
    en: (nameEn) => wrap({ ...d, nameEn }),
    describe: (description) => wrap({ ...d, description }),
  })
  return wrap(def)
}

type Option = string | { name: string; color?: number }
const optionList = (options: readonly Option[]) =>
  options.map((o) => (typeof o === 'string' ? { name: o } : o))

export const text = (name: string) => field('text', name)
export const number = (name: string, format = '0') => field('number', name, { format })
export const money = (name: string) => field('money', name, { format: '0.00' })
export const select = (name: string, options: readonly Option[]) =>
  field('select', name, { options: optionList(options) })
export const multiSelect = (name: string, options: readonly Option[]) =>
  field('multiSelect', name, { options: optionList(options) })
export const date = (name: string, format = 'yyyy/MM/dd HH:mm') => field('date', name, { format })
export const checkbox = (name: string) => field('checkbox', name)
export const person = (name: string) => field('person', name)
export const phone = (name: string) => field('phone', name)
export const link = (name: string) => field('link', name)
export const group = (name: string) => field('group', name)

export type Condition = {
  field: string
  operator: 'is' | 'isNot' | 'contains' | 'doesNotContain' | 'isEmpty' | 'isNotEmpty'
  values: readonly string[]
}

export interface ViewDef {
  readonly kind: 'grid' | 'kanban' | 'gallery' | 'gantt' | 'form'
  readonly name: string
  readonly where: readonly Condition[]
  readonly hidden: readonly string[]
}

export const grid = (name: string, options: Partial<Pick<ViewDef, 'where' | 'hidden'>> = {}): ViewDef => ({
  kind: 'grid',
  name,
  where: options.where ?? [],
  hidden: options.hidden ?? [],
})
/** The API cannot choose the grouping field; Feishu groups a new board by the table's first select field. */
export const kanban = (name: string, options: Partial<Pick<ViewDef, 'where' | 'hidden'>> = {}): ViewDef => ({
  kind: 'kanban',
  name,
  where: options.where ?? [],
  hidden: options.hidden ?? [],
})

export type Fields = Readonly<Record<string, FieldDef>>

export interface TableDef<F extends Fields = Fields> {
  /** Our id, kebab-case, e.g. `orders`. */
  readonly id: string
  /** Visible name, e.g. 订单. */
  readonly name: string
  readonly description: string
  readonly fields: F
  readonly views: readonly ViewDef[]
  /**
   * Row caps: which rows may leave Bitable first when the table nears its cap. `closedBy` is true for rows nobody
   * works on any more; the oldest such rows leave first (they stay in the database). Open rows never leave.
   */
  readonly window: { closed(values: Readonly<Record<string, unknown>>): boolean }
  /** Deleting a row is a decision of people (`row.removed`); elsewhere an open row that is deleted is made again once. */
  readonly deletable: boolean
}

export interface TableOptions {
  description?: string
  views?: readonly ViewDef[]
  window?: TableDef['window']
  deletable?: boolean
}

/** Defines a table; throws at definition time when it has not exactly one key or a view names an unknown field. */
export function table<F extends Fields>(
  id: string,
  name: string,
  fields: F,
  options: TableOptions = {},
): TableDef<F> {
  const entries = Object.entries(fields)
  const keys = entries.filter(([, f]) => f.isKey)
  if (keys.length !== 1 || entries[0]?.[1].isKey !== true || entries[0][1].type !== 'text') {
    throw new Error(`Table ${id}: the first field, and only it, must be a text field marked .key()`)
  }
  for (const view of options.views ?? []) {
    for (const used of [...view.where.map((c) => c.field), ...view.hidden]) {
      if (!(used in fields)) throw new Error(`Table ${id}, view ${view.name}: no field ${used}`)
    }
  }
  return {
    id,
    name,
    fields,
    description: options.description ?? '',
    views: options.views ?? [],
    window: options.window ?? { closed: () => false },
    deletable: options.deletable ?? false,
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds tables of many shapes; each is typed where it is defined
export type AnyTable = TableDef<any>

/** A row's values by our field keys; every field but the key may be empty. */
export type RowOf<T extends TableDef> = {
  -readonly [K in keyof T['fields']]?: T['fields'][K] extends FieldDef<infer Type>
    ? ValueOf[Type] | null
    : never
}
