import { useState } from 'react'
import type { WebField, WebProperty } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useLanguage, useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { fieldKinds, kindOf } from './field-kinds.ts'
import styles from './fields.module.css'
import { PropertyForm } from './property-form.tsx'

export interface FieldFormProps extends ViewProps {
  /** The field that is changed; a new one when left out. */
  field?: WebField
  /** Where a new field comes: `{view, after|before}`. */
  place?: Record<string, string>
  onDone: () => void
}

interface Draft {
  name: string
  /** `type/ui_type` */
  kind: string
  property: WebProperty | null
  description: string
}

/** Name, type, property and description of a field, new or known. */
export function FieldForm(props: FieldFormProps) {
  const { base, table, field, place, onDone } = props
  const t = useT()
  const { language } = useLanguage()
  const structure = useStructure(base.app_token, table.table_id)
  const [busy, setBusy] = useState(false)
  const [draft, setDraft] = useState<Draft>(() => ({
    name: field?.name ?? '',
    kind: field ? `${field.type}/${field.ui_type}` : '1/Text',
    property: field?.property ?? null,
    description: field?.description ?? '',
  }))
  const kinds = fieldKinds.filter((kind) => !field?.primary || kind.primary)
  const kind = kinds.find((one) => `${one.type}/${one.ui_type}` === draft.kind)
  const retyped = field !== undefined && draft.kind !== `${field.type}/${field.ui_type}`
  const choose = (next: string) => {
    const found = kinds.find((one) => `${one.type}/${one.ui_type}` === next)
    const kept = field && next === `${field.type}/${field.ui_type}` ? field.property : undefined
    setDraft({ ...draft, kind: next, property: kept ?? found?.property ?? null })
  }
  const save = async () => {
    if (!kind && !field) return
    setBusy(true)
    const type = kind?.type ?? field?.type
    const body = {
      name: draft.name.trim() || freeName(props, kind ? (language === 'zh' ? kind.zh : kind.en) : ''),
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
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <label>
        {t('字段名称', 'Name')}
        <input
          // biome-ignore lint/a11y/noAutofocus: a form that was just opened
          autoFocus
          value={draft.name}
          maxLength={100}
          placeholder={kind ? t(kind.zh, kind.en) : ''}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      </label>
      <label>
        {t('字段类型', 'Type')}
        <select
          value={draft.kind}
          onChange={(event) => choose(event.target.value)}
          disabled={field !== undefined && !kindOf(field)}
        >
          {kinds.map((one) => (
            <option key={`${one.type}/${one.ui_type}`} value={`${one.type}/${one.ui_type}`}>
              {t(one.zh, one.en)}
            </option>
          ))}
        </select>
      </label>
      {retyped ? (
        <p className={styles.warning}>
          {t(
            '更改类型后，能转换的内容会保留，其余会清空。',
            'What can be converted is kept; the rest is emptied.',
          )}
        </p>
      ) : null}
      {kind ? (
        <PropertyForm
          key={draft.kind}
          base={base}
          kind={kind}
          property={draft.property ?? {}}
          onChange={(property) => setDraft({ ...draft, property })}
        />
      ) : null}
      <label>
        {t('字段描述', 'Description')}
        <textarea
          rows={2}
          value={draft.description}
          onChange={(event) => setDraft({ ...draft, description: event.target.value })}
        />
      </label>
      <div className={styles.actions}>
        <Button small onClick={onDone}>
          {t('取消', 'Cancel')}
        </Button>
        <Button small look="primary" type="submit" busy={busy}>
          {t('确定', 'Save')}
        </Button>
      </div>
    </form>
  )
}

/** New options carry no id: the platform gives them one. */
function written(property: WebProperty): object {
  const options = property.options?.map(({ id, ...option }) =>
    id.startsWith('new-') ? option : { id, ...option },
  )
  return { ...property, ...(options && { options: options.filter((option) => option.name.trim() !== '') }) }
}

function freeName({ table }: ViewProps, wanted: string): string {
  const taken = new Set(table.fields.map((field) => field.name))
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`
  return name
}
