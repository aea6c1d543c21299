import { useState } from 'react'
import type { WebRef } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { LinkChip, OptionChip, PersonChip } from '../cells/chips.tsx'
import { types } from '../cells/types.ts'
import { Floating } from '../floating.tsx'
import { ChoiceList } from './choice-list.tsx'
import type { EditorProps } from './editor-props.ts'
import styles from './editors.module.css'

function leave(key: string, close: EditorProps['close']) {
  close(key === 'Tab' ? 'right' : 'stay')
}

/** One option or several; what nobody has named yet becomes a new option. */
export function SelectEditor({ field, cell, anchor, save, close }: EditorProps) {
  const t = useT()
  const options = field.property?.options ?? []
  const several = field.type === types.multiSelect
  const chosen = Array.isArray(cell) ? (cell as string[]) : typeof cell === 'string' ? [cell] : []
  const names = (ids: readonly string[]) =>
    ids.flatMap((id) => options.find((option) => option.id === id)?.name ?? [])
  const choose = (id: string) => {
    if (!several) {
      const same = chosen.includes(id)
      save(same ? null : names([id])[0], same ? undefined : id)
      return close('stay')
    }
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
    save(next.length > 0 ? names(next) : null, next.length > 0 ? next : undefined)
  }
  const make = (name: string) => {
    save(several ? [...names(chosen), name] : name, several ? chosen : undefined)
    if (!several) close('stay')
  }
  return (
    <Floating anchor={anchor} label={field.name} onClose={() => close()} width={240}>
      <ChoiceList
        label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
        choices={options.map((option) => ({
          id: option.id,
          text: option.name,
          face: <OptionChip option={option} />,
        }))}
        chosen={chosen}
        onChoose={choose}
        onMake={make}
        onLeave={(key) => leave(key, close)}
      />
    </Floating>
  )
}

/** People of the tenant. */
export function PeopleEditor(props: EditorProps) {
  const { people } = useSession()
  const all = people.map(({ open_id, name }) => ({ id: open_id, name }))
  return <RefEditor {...props} refs={all} />
}

/** Groups the person is in. */
export function GroupEditor(props: EditorProps) {
  const { data = [] } = useWeb<WebRef[]>(`base/${props.base.app_token}/chats`, ['im', 'im-chats'])
  return <RefEditor {...props} refs={data} square />
}

function RefEditor({
  field,
  cell,
  anchor,
  save,
  close,
  refs,
  square = false,
}: EditorProps & { refs: readonly WebRef[]; square?: boolean }) {
  const t = useT()
  const chosen = Array.isArray(cell) ? (cell as WebRef[]) : []
  const choose = (id: string) => {
    const picked = refs.find((one) => one.id === id)
    if (!picked) return
    const without = chosen.filter((one) => one.id !== id)
    const several = field.property?.multiple !== false
    const next = without.length < chosen.length ? without : several ? [...chosen, picked] : [picked]
    save(next.length > 0 ? next.map((one) => ({ id: one.id })) : null, next.length > 0 ? next : undefined)
    if (!several) close('stay')
  }
  return (
    <Floating anchor={anchor} label={field.name} onClose={() => close()} width={240}>
      <ChoiceList
        label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
        choices={refs.map((one) => ({
          id: one.id,
          text: one.name,
          face: <PersonChip person={one} square={square} />,
        }))}
        chosen={chosen.map((one) => one.id)}
        onChoose={choose}
        onLeave={(key) => leave(key, close)}
      />
    </Floating>
  )
}

/** Records of the linked table, found by their first field. */
export function LinkEditor({ base, field, cell, anchor, save, close }: EditorProps) {
  const t = useT()
  const [text, setText] = useState('')
  const target = base.tables.find((table) => table.table_id === field.property?.table_id)
  const path = target
    ? `base/${base.app_token}/tables/${target.table_id}/titles?text=${encodeURIComponent(text)}`
    : null
  const { data = [] } = useWeb<WebRef[]>(path, target?.parts ?? [])
  const chosen = Array.isArray(cell) ? (cell as WebRef[]) : []
  const listed = [...chosen.filter((one) => text === '' && !data.some(({ id }) => id === one.id)), ...data]
  const choose = (id: string) => {
    const picked = listed.find((one) => one.id === id)
    if (!picked) return
    const without = chosen.filter((one) => one.id !== id)
    const several = field.property?.multiple !== false
    const next = without.length < chosen.length ? without : several ? [...chosen, picked] : [picked]
    save(next.length > 0 ? next.map((one) => one.id) : null, next.length > 0 ? next : undefined)
    if (!several) close('stay')
  }
  return (
    <Floating anchor={anchor} label={field.name} onClose={() => close()} width={300}>
      <p className={styles.from}>{t(`来自“${target?.name ?? ''}”`, `From “${target?.name ?? ''}”`)}</p>
      <ChoiceList
        label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
        choices={listed.map((one) => ({ id: one.id, text: one.name, face: <LinkChip record={one} /> }))}
        chosen={chosen.map((one) => one.id)}
        search={text}
        onSearch={setText}
        onChoose={choose}
        onLeave={(key) => leave(key, close)}
      />
    </Floating>
  )
}
