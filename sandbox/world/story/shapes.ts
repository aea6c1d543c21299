/** What the three-minute story and the home page are told. Times ms of sandbox time, amounts fen. Types only. */

export type StepId = 'order' | 'claim' | 'refund' | 'outage' | 'connect'

/** Things the tour does in somebody's place. */
export type StoryAct =
  | 'order'
  | 'claim'
  | 'second'
  | 'refund'
  | 'approve'
  | 'rename'
  | 'offline'
  | 'orders'
  | 'online'
  | 'connect'

/** One thing a step waits for; `act` does it. */
export interface StoryCheck {
  id: string
  done: boolean
  act: StoryAct | null
}

export interface StoryStep {
  id: StepId
  done: boolean
  skipped: boolean
  checks: StoryCheck[]
}

export interface StoryOrder {
  order_id: string
  shop_name: string
  product: string
  amount: number
  placed_at: number
  chat_id: string
  chat_name: string
  /** null until the card is there; `content` is the card's JSON as it is now */
  card: { message_id: string; at: number; content: unknown } | null
}

export interface StoryClaim {
  by: string
  at: number
  /** 首次响应（秒）of the row, null before it is written */
  seconds: number | null
  /** who looked at it or pressed after the first */
  second: string | null
  /** what the second person was told */
  told: string | null
}

export interface StoryApproval {
  instance_code: string
  title: string
  status: string
  approver: string
  approver_id: string
  lines: { name: string; value: string }[]
}

export interface StoryRefund {
  as_id: number
  refund_no: string
  order_id: string
  product: string
  amount: number
  reason: string
  approval: StoryApproval | null
}

export interface StoryOutage {
  offline: boolean
  /** before → after of a column that was renamed */
  renamed: { from: string; to: string } | null
  orders: { order_id: string; product: string; rows: number; cards: number }[]
  back: boolean
}

export interface StoryBase {
  app_token: string
  name: string
  /** the table of orders */
  table_id: string
}

export interface WebStory {
  connected: boolean
  now: number
  steps: StoryStep[]
  base: StoryBase | null
  order: StoryOrder | null
  claim: StoryClaim | null
  refund: StoryRefund | null
  outage: StoryOutage
}

export interface WebHome {
  connected: boolean
  shops: { shop_id: string; name: string; orders: number; paid: number }[]
  /** cards sent today */
  cards: number
  /** rows of all tables */
  rows: number
  open_approvals: number
  open_refunds: number
  paid_refunds: number
  /** orders per hour of the last 24, oldest first */
  hours: { at: number; orders: number }[]
  latest: { order_id: string; shop_name: string; product: string; amount: number; at: number }[]
}
