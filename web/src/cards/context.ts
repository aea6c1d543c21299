import { createContext, useContext } from 'react'
import type { CardObject } from './json.ts'

export type CardDevice = 'pc' | 'ios' | 'android'

/** What a person did to an element, as the platform's callback will carry it. */
export interface CardAction {
  /** The element's JSON as it is shown. */
  element: CardObject
  form_value?: Record<string, unknown>
  input_value?: string
  option?: string
  options?: string[]
  checked?: boolean
}

/** What the page that embeds a card gives it. */
export interface CardWorld {
  /** Names by open_id, user_id or union_id. */
  people: Readonly<Record<string, string>>
  /** Who can be picked where a card names nobody (the members of the chat): open_ids. */
  members?: readonly string[]
  /** Address of an uploaded image; undefined: a grey picture stands in. */
  image(key: string): string | undefined
  /** Sends a press to the app; resolves when its answer has been shown. */
  press(action: CardAction): Promise<void>
  device: CardDevice
  /** Nothing can be pressed (previews, histories). */
  disabled?: boolean
}

export interface CardStyle {
  language: 'zh_cn' | 'en_us'
  /** custom colours and text sizes of `config.style` */
  colors: Readonly<Record<string, string>>
  textSizes: Readonly<Record<string, string>>
}

export interface CardSetting extends CardWorld, CardStyle {}

export const quietWorld: CardWorld = {
  people: {},
  image: () => undefined,
  press: async () => undefined,
  device: 'pc',
  disabled: true,
}

export const CardContext = createContext<CardSetting>({
  ...quietWorld,
  language: 'zh_cn',
  colors: {},
  textSizes: {},
})

export function useCard(): CardSetting {
  return useContext(CardContext)
}
