/** What the pages /login and /device are told. Types only: both sides import them. */

/** A permission an application asks for. */
export interface WebScope {
  name: string
  zh: string
  en: string
}

/** `GET /_web/login/request?…` with the query of the authorize page. */
export interface WebLoginRequest {
  appName: string
  description: string
  /** host the person is sent back to */
  backTo: string
  scopes: WebScope[]
  people: WebLoginPerson[]
}

export interface WebLoginPerson {
  open_id: string
  name: string
  roles: string[]
  department: string
  /** The app is not available to this person. */
  excluded: boolean
}

/** `GET /_web/device/request?user_code=…` with what the SDK added to the address. */
export interface WebDeviceRequest {
  userCode: string
  state: 'waiting' | 'confirmed' | 'denied' | 'expired'
  /** Name and description the app will have. */
  appName: string
  description: string
  appId: string
  tenant: { scopes: WebScope[] }
  user: { scopes: WebScope[] }
  events: string[]
  callbacks: string[]
  /** seconds left */
  expiresIn: number
  people: WebLoginPerson[]
}
