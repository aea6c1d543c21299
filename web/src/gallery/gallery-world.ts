import type { Gallery } from '#sandbox/gallery/shapes.ts'
import { addressOf } from '../api/client.ts'
import type { CardAction, CardDevice, CardWorld } from '../cards/context.ts'

/** What the gallery gives its cards: nobody is called, what would be sent is shown. */
export function galleryWorld(
  gallery: Gallery,
  device: CardDevice,
  onPress: (action: CardAction) => void,
): CardWorld {
  return {
    people: gallery.people,
    members: Object.keys(gallery.people),
    image: (key) => addressOf(`messenger/images/${encodeURIComponent(key)}`),
    press: async (action) => onPress(action),
    device,
  }
}
