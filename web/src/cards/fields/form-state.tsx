import { createContext, useContext, useState } from 'react'
import { useT } from '../../shell/language.tsx'
import type { CardObject } from '../json.ts'
import { type FieldValue, fieldsIn, initialOf, isEmpty, sentValue } from './field-value.ts'

export interface FormState {
  values: Readonly<Record<string, FieldValue>>
  /** what is wrong, by field name */
  errors: Readonly<Record<string, string>>
  set(name: string, value: FieldValue): void
  reset(): void
  /** form_value; undefined when something required is missing, which is then shown at the field */
  collect(): Record<string, unknown> | undefined
}

export const FormContext = createContext<FormState | undefined>(undefined)

/** The form around an element, if there is one. */
export function useForm(): FormState | undefined {
  return useContext(FormContext)
}

export function useFormState(form: CardObject): FormState {
  const t = useT()
  const fields = fieldsIn(form.elements)
  const start = () => Object.fromEntries(fields.map((field) => [String(field.name), initialOf(field)]))
  const [values, setValues] = useState<Record<string, FieldValue>>(start)
  const [errors, setErrors] = useState<Record<string, string>>({})
  return {
    values,
    errors,
    set: (name, value) => {
      setValues((known) => ({ ...known, [name]: value }))
      setErrors(({ [name]: _gone, ...rest }) => rest)
    },
    reset: () => {
      setValues(start())
      setErrors({})
    },
    collect: () => {
      const wrong = fields
        .filter((field) => field.required === true && isEmpty(values[String(field.name)]))
        .map((field) => [String(field.name), t('此项为必填项', 'This is required')])
      setErrors(Object.fromEntries(wrong))
      if (wrong.length > 0) return undefined
      const sent = fields.map(
        (field) => [String(field.name), sentValue(field, values[String(field.name)])] as const,
      )
      return Object.fromEntries(sent.filter(([, value]) => value !== undefined))
    },
  }
}

export interface Field {
  value: FieldValue
  set(value: FieldValue): void
  error: string | undefined
  /** A form collects it; nothing is sent when it changes. */
  inForm: boolean
}

/** A field's value: kept by the form around it, else by itself. */
export function useField(element: CardObject): Field {
  const form = useForm()
  const name = typeof element.name === 'string' ? element.name : ''
  const [own, setOwn] = useState<FieldValue>(() => initialOf(element))
  if (form === undefined || name === '') {
    return { value: own, set: setOwn, error: undefined, inForm: form !== undefined }
  }
  return {
    value: form.values[name],
    set: (value) => form.set(name, value),
    error: form.errors[name],
    inForm: true,
  }
}
