import type { ComponentType } from 'react'
import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { types } from '../cells/types.ts'
import { GroupEditor, LinkEditor, PeopleEditor, SelectEditor } from './choice-editors.tsx'
import { DateEditor } from './date-editor.tsx'
import type { EditorProps } from './editor-props.ts'
import { NumberEditor } from './number-editor.tsx'
import { FileEditor, RatingEditor, UrlEditor } from './small-editors.tsx'
import { TextEditor } from './text-editor.tsx'

const editors: Record<number, ComponentType<EditorProps>> = {
  [types.text]: TextEditor,
  [types.phone]: TextEditor,
  [types.location]: TextEditor,
  [types.number]: NumberEditor,
  [types.singleSelect]: SelectEditor,
  [types.multiSelect]: SelectEditor,
  [types.dateTime]: DateEditor,
  [types.user]: PeopleEditor,
  [types.groupChat]: GroupEditor,
  [types.singleLink]: LinkEditor,
  [types.duplexLink]: LinkEditor,
  [types.url]: UrlEditor,
  [types.attachment]: FileEditor,
}

/** The editor that goes with a field's type. Checkboxes have none: they are ticked where they stand. */
export function CellEditor(props: EditorProps) {
  const Editor = props.field.ui_type === 'Rating' ? RatingEditor : editors[props.field.type]
  return Editor ? <Editor {...props} /> : null
}

/** Whether a field is edited by something that opens (or, a checkbox, by a press). */
export function isEditable(field: WebField): boolean {
  return field.editable && (field.type === types.checkbox || field.type in editors)
}

/** Editors that take the cell's own place and can begin with a typed letter. */
export function takesTyping(field: WebField): boolean {
  const inPlace: readonly number[] = [types.text, types.phone, types.location, types.number, types.url]
  return field.ui_type !== 'Rating' && inPlace.includes(field.type)
}

/** Whether the editor is drawn in the cell; the others are panels beside it. */
export function isInPlace(field: WebField): boolean {
  return takesTyping(field) && field.type !== types.url
}
