/** Where a form is read, sent and asked for choices: inside its base, or behind its link. */
export interface FormPlace {
  submit: string
  upload: string
  choices(fieldId: string, search: string): string
}

export function placeInBase(app: string, table: string, form: string): FormPlace & { path: string } {
  const path = `base/${encodeURIComponent(app)}/tables/${encodeURIComponent(table)}/forms/${encodeURIComponent(form)}`
  return {
    path,
    submit: `${path}/submit`,
    upload: `base/${encodeURIComponent(app)}/attachments`,
    choices: (field, search) => `${path}/choices/${field}?q=${encodeURIComponent(search)}`,
  }
}

/** `guest`: what the browser of somebody who is not signed in is remembered by; '' for a person. */
export function placeBehindLink(form: string, guest: string): FormPlace & { path: string } {
  const who = guest === '' ? '' : `guest=${encodeURIComponent(guest)}`
  const path = `form/${encodeURIComponent(form)}`
  return {
    path: `${path}?${who}`,
    submit: `${path}/submit?${who}`,
    upload: `${path}/attachments?${who}`,
    choices: (field, search) => `${path}/choices/${field}?${who}&q=${encodeURIComponent(search)}`,
  }
}
