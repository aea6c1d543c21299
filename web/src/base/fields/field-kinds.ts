import type { WebProperty } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { types } from '../cells/types.ts'

export interface FieldKind {
  type: number
  ui_type: string
  zh: string
  en: string
  /** May be the first field. */
  primary?: true
  property?: WebProperty
}

/** Every kind of field that can be made, with the property a new one starts with. */
export const fieldKinds: readonly FieldKind[] = [
  { type: types.text, ui_type: 'Text', zh: '文本', en: 'Text', primary: true },
  {
    type: types.singleSelect,
    ui_type: 'SingleSelect',
    zh: '单选',
    en: 'Single select',
    property: { options: [] },
  },
  {
    type: types.multiSelect,
    ui_type: 'MultiSelect',
    zh: '多选',
    en: 'Multiple select',
    property: { options: [] },
  },
  { type: types.user, ui_type: 'User', zh: '人员', en: 'Person', property: { multiple: true } },
  {
    type: types.dateTime,
    ui_type: 'DateTime',
    zh: '日期',
    en: 'Date',
    primary: true,
    property: { date_formatter: 'yyyy/MM/dd', auto_fill: false },
  },
  { type: types.attachment, ui_type: 'Attachment', zh: '附件', en: 'Attachment' },
  {
    type: types.number,
    ui_type: 'Number',
    zh: '数字',
    en: 'Number',
    primary: true,
    property: { formatter: '0' },
  },
  { type: types.checkbox, ui_type: 'Checkbox', zh: '复选框', en: 'Checkbox' },
  { type: types.url, ui_type: 'Url', zh: '超链接', en: 'Link', primary: true },
  {
    type: types.number,
    ui_type: 'Currency',
    zh: '货币',
    en: 'Currency',
    primary: true,
    property: { formatter: '0.00', currency_code: 'CNY' },
  },
  {
    type: types.number,
    ui_type: 'Progress',
    zh: '进度',
    en: 'Progress',
    primary: true,
    property: { formatter: '0%', range_customize: false },
  },
  {
    type: types.number,
    ui_type: 'Rating',
    zh: '评分',
    en: 'Rating',
    primary: true,
    property: { formatter: '0', min: 1, max: 5, rating: { symbol: 'star' } },
  },
  { type: types.phone, ui_type: 'Phone', zh: '电话号码', en: 'Phone', primary: true },
  { type: types.text, ui_type: 'Email', zh: '邮箱', en: 'E-mail', primary: true },
  {
    type: types.text,
    ui_type: 'Barcode',
    zh: '条码',
    en: 'Barcode',
    primary: true,
    property: { allowed_edit_modes: { manual: true, scan: true } },
  },
  {
    type: types.location,
    ui_type: 'Location',
    zh: '地理位置',
    en: 'Location',
    primary: true,
    property: { location: { input_type: 'not_limit' } },
  },
  { type: types.groupChat, ui_type: 'GroupChat', zh: '群组', en: 'Group', property: { multiple: true } },
  {
    type: types.singleLink,
    ui_type: 'SingleLink',
    zh: '单向关联',
    en: 'One-way link',
    property: { multiple: true },
  },
  {
    type: types.duplexLink,
    ui_type: 'DuplexLink',
    zh: '双向关联',
    en: 'Two-way link',
    property: { multiple: true },
  },
  {
    type: types.formula,
    ui_type: 'Formula',
    zh: '公式',
    en: 'Formula',
    primary: true,
    property: { formatter: '', formula_expression: '' },
  },
  {
    type: types.autoNumber,
    ui_type: 'AutoNumber',
    zh: '自动编号',
    en: 'Auto number',
    property: { auto_serial: { type: 'auto_increment_number' } },
  },
  {
    type: types.createdTime,
    ui_type: 'CreatedTime',
    zh: '创建时间',
    en: 'Created time',
    property: { date_formatter: 'yyyy/MM/dd HH:mm' },
  },
  {
    type: types.modifiedTime,
    ui_type: 'ModifiedTime',
    zh: '最后更新时间',
    en: 'Modified time',
    property: { date_formatter: 'yyyy/MM/dd HH:mm' },
  },
  { type: types.createdUser, ui_type: 'CreatedUser', zh: '创建人', en: 'Created by' },
  { type: types.modifiedUser, ui_type: 'ModifiedUser', zh: '修改人', en: 'Modified by' },
]

export function kindOf(field: { type: number; ui_type: string }): FieldKind | undefined {
  return fieldKinds.find((kind) => kind.type === field.type && kind.ui_type === field.ui_type)
}

/** Names a kind in a list of choices. */
export function keyOf({ type, ui_type }: { type: number; ui_type: string }): string {
  return `${type}/${ui_type}`
}
