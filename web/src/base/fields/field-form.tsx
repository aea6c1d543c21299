import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { keyOf, kindOf } from './field-kinds.ts'
import styles from './fields.module.css'
import { PropertyForm } from './property-form.tsx'
import { type FieldFormProps, useFieldDraft } from './use-field-draft.ts'

/** Name, type, property and description of a field, new or known. */
export function FieldForm(props: FieldFormProps) {
  const t = useT()
  const { base, field, onDone } = props
  const { draft, setDraft, kinds, kind, choose, save, busy } = useFieldDraft(props)
  const retyped = field !== undefined && draft.kind !== keyOf(field)
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
            <option key={keyOf(one)} value={keyOf(one)}>
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
