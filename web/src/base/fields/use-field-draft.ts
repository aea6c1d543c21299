import { useState } from 'react'
import type { WebField, WebProperty } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { freeName } from '../free-name.ts'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { fieldKinds, keyOf } from './field-kinds.ts'

export interface FieldFormProps extends ViewProps {
  /** The field that is changed; a new one when left out. */
  field?: WebField
  /** Where a new field comes: `{view, after|before}`. */
  place?: Record<string, string>
  onDone: () => void
}

interface Draft {
  name: string
  /** as `keyOf` a kind */
  kind: string
  property: WebProperty | null
  description: string
}

/** What is being set up, and saving it. */
export function useFieldDraft({ base, table, field, place, onDone }: FieldFormProps) {
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  const [busy, setBusy] = useState(false)
  const [draft, setDraft] = useState<Draft>(() => firstDraft(field))
  const kinds = fieldKinds.filter((kind) => !field?.primary || kind.primary)
  const kind = kinds.find((one) => keyOf(one) === draft.kind)
  const choose = (next: string) => {
    const found = kinds.find((one) => keyOf(one) === next)
    const kept = field && next === keyOf(field) ? field.property : undefined
    setDraft({ ...draft, kind: next, property: kept ?? found?.property ?? null })
  }
  const save = async () => {
    if (!kind && !field) return
    setBusy(true)
    const type = kind?.type ?? field?.type
    const names = table.fields.map((one) => one.name)
    const body = {
      name: draft.name.trim() || freeName(kind ? t(kind.zh, kind.en) : '', names),
      ...(type !== field?.type && { type }),
      ...(kind && { ui_type: kind.ui_type }),
      ...(draft.property && { property: written(draft.property) }),
      description: draft.description,
    }
    const done = await (field
      ? structure.changeField(field.field_id, body)
      : structure.addField({ ...body, type, ...place }))
    setBusy(false)
    if (done) onDone()
  }
  return { draft, setDraft, kinds, kind, choose, save, busy }
}

function firstDraft(field: WebField | undefined): Draft {
  return {
    name: field?.name ?? '',
    kind: field ? keyOf(field) : '1/Text',
    property: field?.property ?? null,
    description: field?.description ?? '',
  }
}

/** New options carry no id: the platform gives them one. */
function written(property: WebProperty): object {
  const options = property.options?.map(({ id, ...option }) =>
    id.startsWith('new-') ? option : { id, ...option },
  )
  return { ...property, ...(options && { options: options.filter((option) => option.name.trim() !== '') }) }
}
