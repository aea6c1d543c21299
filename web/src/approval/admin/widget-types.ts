import type { FormWidget } from '#sandbox/feishu/approval/web/shapes.ts'

export interface WidgetType {
  type: string
  zh: string
  en: string
}

/** The widgets a form can be made of. */
export const widgetTypes: readonly WidgetType[] = [
  { type: 'input', zh: '单行文本', en: 'Text' },
  { type: 'textarea', zh: '多行文本', en: 'Long text' },
  { type: 'number', zh: '数字', en: 'Number' },
  { type: 'amount', zh: '金额', en: 'Amount' },
  { type: 'radioV2', zh: '单选', en: 'Single choice' },
  { type: 'checkboxV2', zh: '多选', en: 'Multiple choice' },
  { type: 'date', zh: '日期', en: 'Date' },
  { type: 'dateInterval', zh: '日期区间', en: 'Date range' },
  { type: 'fieldList', zh: '明细', en: 'Table' },
  { type: 'image', zh: '图片', en: 'Images' },
  { type: 'attachmentV2', zh: '附件', en: 'Attachments' },
  { type: 'contact', zh: '联系人', en: 'People' },
  { type: 'department', zh: '部门', en: 'Department' },
  { type: 'connect', zh: '关联审批', en: 'Linked approval' },
  { type: 'document', zh: '文档', en: 'Document' },
  { type: 'telephone', zh: '电话', en: 'Telephone' },
  { type: 'address', zh: '地址', en: 'Address' },
  { type: 'text', zh: '说明', en: 'Note' },
]

export function typeOf(type: string): WidgetType {
  return widgetTypes.find((one) => one.type === type) ?? { type, zh: type, en: type }
}

/** A fresh widget of a type, named as the type until somebody names it. */
export function newWidget({ type, zh }: WidgetType): FormWidget {
  const widget: FormWidget = { id: '', name: zh, type, required: false }
  if (type === 'amount') return { ...widget, option: { currencyRange: ['CNY'] } }
  if (type === 'fieldList') return { ...widget, children: [] }
  if (type === 'radioV2' || type === 'checkboxV2')
    return {
      ...widget,
      option: [
        { value: '', text: '选项 1' },
        { value: '', text: '选项 2' },
      ],
    }
  return widget
}
