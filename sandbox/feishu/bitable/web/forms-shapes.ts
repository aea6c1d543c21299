/** What the browser client is told about forms. Types only: both sides import them. */
import type { WebField, WebRef } from './base-shapes.ts'

export interface WebQuestion {
  field: WebField
  title: string
  description: string
  required: boolean
  visible: boolean
}

export type SharedLimit = 'off' | 'tenant_editable' | 'anyone_editable'

export interface WebFormSettings {
  shared: boolean
  shared_limit: SharedLimit
  submit_limit_once: boolean
  /** Address of the page for others. */
  shared_url: string
}

/** A form view inside its base. */
export interface WebForm {
  form_id: string
  name: string
  description: string
  questions: WebQuestion[]
  settings: WebFormSettings
  /** IANA */
  time_zone: string
  may: {
    /** A record may be added through it. */
    submit: boolean
    /** Questions and settings may be changed. */
    manage: boolean
  }
  /** `submit_limit_once` is on and this person has submitted. */
  done: boolean
}

/**
 * A form behind its link. `closed`: sharing is off; `login`: only for people of the tenant; `uninvited`: only for who
 * may edit the base; `done`: submitted already, and once is the limit.
 */
export interface WebSharedForm {
  state: 'open' | 'closed' | 'login' | 'uninvited' | 'done'
  app_token: string
  name: string
  description: string
  time_zone: string
  questions: WebQuestion[]
}

/** What a person or link question may be answered with. */
export interface WebChoices {
  items: WebRef[]
}

export interface WebSubmitted {
  record_id: string
}
