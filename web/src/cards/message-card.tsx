import { useState } from 'react'
import { addressOf } from '../api/client.ts'
import { Card } from './card.tsx'
import type { CardDevice } from './context.ts'
import { useCardPress } from './use-card-press.ts'

export interface MessageCardProps {
  message_id: string
  /** the card's JSON as the message shows it now */
  card: unknown
  /** names by open_id, user_id or union_id */
  people: Readonly<Record<string, string>>
  /** open_ids of the chat's members, for choosing a person */
  members?: readonly string[]
  device?: CardDevice
  disabled?: boolean
  /** Address of an image; by default the sandbox's own store. */
  image?: (key: string) => string | undefined
}

/** A card in a chat: it can be pressed, and shows the app's answer until the message itself brings something newer. */
export function MessageCard(props: MessageCardProps) {
  const {
    message_id,
    card,
    people,
    members,
    device = deviceHere(),
    disabled = false,
    image = storedImage,
  } = props
  const { press, answered } = useCardPress(message_id)
  const [seen, setSeen] = useState<{ card: unknown; answered: unknown }>({ card, answered })
  const isNewer = JSON.stringify(card) !== JSON.stringify(seen.card)
  if (isNewer) setSeen({ card, answered })
  const shown = !isNewer && answered !== seen.answered && answered !== undefined ? answered : card
  return (
    <Card card={shown} context={{ people, press, device, disabled, image, ...(members && { members }) }} />
  )
}

function storedImage(key: string): string {
  return addressOf(`messenger/images/${encodeURIComponent(key)}`)
}

/** A narrow screen is a phone. */
export function deviceHere(): CardDevice {
  if (!window.matchMedia('(max-width: 640px)').matches) return 'pc'
  return /iphone|ipad/i.test(navigator.userAgent) ? 'ios' : 'android'
}
