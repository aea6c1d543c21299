/** What the card gallery shows. Types only: both sides import them. */

export interface GalleryCard {
  id: string
  /** id of its group */
  group: string
  title: string
  /** what can be seen on it */
  shows: string
  card: Record<string, unknown>
}

export interface RefusedCard {
  id: string
  group: string
  title: string
  /** content as it is sent: mostly JSON text of a card */
  content: string
  /** code and message of the platform's answer */
  code: number
  msg: string
}

export interface GalleryGroup {
  id: string
  title: string
}

export interface Gallery {
  groups: GalleryGroup[]
  refusedGroups: GalleryGroup[]
  cards: GalleryCard[]
  refused: RefusedCard[]
  /** names by open_id */
  people: Record<string, string>
}

export type CardCheck = { ok: true } | { ok: false; code: number; msg: string }

/** A card that was sent into a group, as it is now. */
export interface SentCard {
  message_id: string
  chat_id: string
  chat_name: string
  /** open_ids */
  members: string[]
  /** names by open_id */
  people: Record<string, string>
  card: unknown
}
