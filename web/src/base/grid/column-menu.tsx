import {
  ArrowDownAZ,
  ArrowLeftToLine,
  ArrowRightToLine,
  ArrowUpAZ,
  Copy,
  EyeOff,
  Filter,
  MoveLeft,
  MoveRight,
  Pencil,
  Rows3,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import type { WebField, WebLayout } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { isOrderable, types } from '../cells/types.ts'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { FieldForm } from '../fields/field-form.tsx'
import { type MenuItem, MenuItems } from '../menu.tsx'
import { orderedFields } from '../sync/base-data.ts'
import { useStructure } from '../sync/edits.ts'
import { operatorsFor } from '../toolbar/operators.ts'
import type { ViewProps } from '../view-props.ts'

export interface ColumnMenuProps extends ViewProps {
  field: WebField
  close: () => void
}

type Step =
  | { kind: 'menu' }
  | { kind: 'edit' }
  | { kind: 'insert'; side: 'before' | 'after' }
  | { kind: 'delete' }

/** Everything that can be done with a column. */
export function ColumnMenu(props: ColumnMenuProps) {
  const { base, table, view, field, close } = props
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  const [step, setStep] = useState<Step>({ kind: 'menu' })
  if (step.kind === 'edit') return <FieldForm {...props} field={field} onDone={close} />
  if (step.kind === 'insert')
    return <FieldForm {...props} place={{ view: view.view_id, [step.side]: field.field_id }} onDone={close} />
  if (step.kind === 'delete')
    return (
      <ConfirmDialog
        title={t(`删除字段“${field.name}”？`, `Delete the field “${field.name}”?`)}
        text={t(
          '这一列的全部内容会一起删除，筛选和分组里用到它的条件也会失效。',
          'Everything in this column goes with it, and conditions that use it end.',
        )}
        onClose={close}
        onDelete={() => structure.deleteField(field.field_id)}
      />
    )
  const manage = structureItems(props, { t, setStep, structure })
  const looks = lookItems(props, { t, structure })
  const items = [...(table.may.manage ? manage : []), ...(table.may.views ? [null, ...looks] : [])]
  const last: MenuItem[] =
    table.may.manage && !field.primary
      ? [
          {
            icon: Trash2,
            text: t('删除字段', 'Delete field'),
            danger: true,
            stays: true,
            act: () => setStep({ kind: 'delete' }),
          },
        ]
      : []
  return <MenuItems items={[...items, ...(last.length > 0 ? [null, ...last] : [])]} close={close} />
}

interface MenuTools {
  t: ReturnType<typeof useT>
  structure: ReturnType<typeof useStructure>
}

function structureItems(
  { view, field }: ColumnMenuProps,
  { t, structure, setStep }: MenuTools & { setStep(step: Step): void },
): MenuItem[] {
  return [
    { icon: Pencil, text: t('修改字段', 'Edit field'), stays: true, act: () => setStep({ kind: 'edit' }) },
    ...(field.primary
      ? []
      : [
          {
            icon: ArrowLeftToLine,
            text: t('在左侧插入字段', 'Insert field left'),
            stays: true,
            act: () => setStep({ kind: 'insert', side: 'before' }),
          } satisfies MenuItem,
        ]),
    {
      icon: ArrowRightToLine,
      text: t('在右侧插入字段', 'Insert field right'),
      stays: true,
      act: () => setStep({ kind: 'insert', side: 'after' }),
    },
    ...(([types.lookup, types.stage, types.button] as number[]).includes(field.type)
      ? []
      : [
          {
            icon: Copy,
            text: t('复制字段', 'Duplicate field'),
            act: () => void structure.copyField(field.field_id, view.view_id),
          } satisfies MenuItem,
        ]),
  ]
}

function lookItems({ table, view, field, fields }: ColumnMenuProps, { t, structure }: MenuTools): MenuItem[] {
  const id = view.view_id
  const order = (layout: Partial<WebLayout>) => void structure.changeLayout(id, layout)
  const sort = (desc: boolean) =>
    order({
      sort: [
        { field_id: field.field_id, desc },
        ...view.layout.sort.filter((one) => one.field_id !== field.field_id),
      ],
    })
  const at = fields.findIndex((one) => one.field_id === field.field_id)
  const move = (by: -1 | 1) => {
    const neighbour = fields[at + by]
    const ids = orderedFields(table, view)
      .map((one) => one.field_id)
      .filter((one) => one !== field.field_id)
    if (neighbour)
      order({ order: ids.toSpliced(ids.indexOf(neighbour.field_id) + (by > 0 ? 1 : 0), 0, field.field_id) })
  }
  const [operator] = operatorsFor(field)
  const bare = operatorsFor(field).find((one) => one === 'isNotEmpty') ?? operator
  const orders: MenuItem[] = [
    { icon: ArrowUpAZ, text: t('按升序排列', 'Sort ascending'), act: () => sort(false) },
    { icon: ArrowDownAZ, text: t('按降序排列', 'Sort descending'), act: () => sort(true) },
    {
      icon: Rows3,
      text: t('按此字段分组', 'Group by this field'),
      act: () => order({ group: [{ field_id: field.field_id, desc: false }] }),
    },
  ]
  return [
    ...(isOrderable(field.type) ? orders : []),
    ...(bare === undefined
      ? []
      : [
          {
            icon: Filter,
            text: t('按此字段筛选', 'Filter by this field'),
            act: () =>
              void structure.changeView(id, {
                filter: {
                  conjunction: view.filter?.conjunction ?? 'and',
                  conditions: [
                    ...(view.filter?.conditions ?? []),
                    {
                      field_id: field.field_id,
                      operator: bare,
                      values: field.type === types.checkbox ? ['true'] : [],
                    },
                  ],
                },
              }),
          } satisfies MenuItem,
        ]),
    ...(at > 1
      ? [{ icon: MoveLeft, text: t('左移', 'Move left'), act: () => move(-1) } satisfies MenuItem]
      : []),
    ...(at > 0 && at < fields.length - 1
      ? [{ icon: MoveRight, text: t('右移', 'Move right'), act: () => move(1) } satisfies MenuItem]
      : []),
    ...(field.primary
      ? []
      : [
          {
            icon: EyeOff,
            text: t('隐藏字段', 'Hide field'),
            act: () => void structure.changeView(id, { hidden: [...view.hidden, field.field_id] }),
          } satisfies MenuItem,
        ]),
  ]
}
