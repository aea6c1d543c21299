import { listUsers } from '../feishu/contact/people.ts'
import { checkContent } from '../feishu/im/content.ts'
import { ApiFailure, type Kernel } from '../kernel/types.ts'
import type { Sample } from './build.ts'
import { galleryCards, galleryGroups } from './cards/index.ts'
import { refusedCards, refusedGroups } from './invalid/index.ts'
import { galleryPictures } from './pictures.ts'
import { registerGallerySend } from './send.ts'
import type { CardCheck, Gallery } from './shapes.ts'

/** The card gallery: cards of every kind, cards the platform refuses, and a check of any JSON. */
export function registerGallery(kernel: Kernel): void {
  registerGallerySend(kernel)
  kernel.web('GET', 'gallery', () => gallery(kernel))
  kernel.web('POST', 'gallery/check', ({ body }): CardCheck => {
    if (typeof body.content !== 'string') throw new ApiFailure(400, 'content is needed')
    return check(kernel, body.content)
  })
}

/** People and pictures of this world that the gallery's cards name. */
export function gallerySample(kernel: Kernel): Sample {
  const people = listUsers(kernel)
    .filter((person) => !person.resigned)
    .map((person) => person.open_id)
  if (people.length === 0) throw new ApiFailure(409, '这个世界里还没有人 nobody lives in this world yet')
  const five = Array.from({ length: 5 }, (_, index) => people[index % people.length] ?? '')
  return { people: five, images: galleryPictures(kernel) }
}

function gallery(kernel: Kernel): Gallery {
  return {
    groups: [...galleryGroups],
    refusedGroups: [...refusedGroups],
    cards: galleryCards(gallerySample(kernel)),
    refused: refusedCards.map(({ id, group, title, content }) => {
      const answer = check(kernel, content)
      const { code, msg } = answer.ok ? { code: 0, msg: '' } : answer
      return { id, group, title, content, code, msg }
    }),
    people: Object.fromEntries(listUsers(kernel).map(({ open_id, name }) => [open_id, name])),
  }
}

/** What the send API would say about this content. */
function check(kernel: Kernel, content: string): CardCheck {
  try {
    checkContent(kernel, 'interactive', content)
    return { ok: true }
  } catch (error) {
    if (error instanceof ApiFailure) return { ok: false, code: error.code, msg: error.message }
    throw error
  }
}
