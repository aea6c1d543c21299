/** What the browser client's shell is told. Types only: both sides import them. */

export interface WebPerson {
  open_id: string
  name: string
  /** operator, host, supervisor, finance, admin */
  roles: string[]
}

export interface WebSession {
  worldId: string
  appId: string
  botName: string
  botOpenId: string
  people: WebPerson[]
  /** sandbox time, ms */
  now: number
  /** A product is connected: over the long connection, or by request URLs. */
  connected: boolean
  /** Address of the connected product, when its pushes tell it; null over the long connection alone. */
  productUrl: string | null
}
