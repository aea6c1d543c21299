import type { Exhibit, ExhibitGroup, Sample } from '../build.ts'
import type { GalleryCard, GalleryGroup } from '../shapes.ts'
import { buttons } from './buttons.ts'
import { charts } from './charts.ts'
import { contents } from './contents.ts'
import { forms } from './forms.ts'
import { headers } from './headers.ts'
import { inputs } from './inputs.ts'
import { layouts } from './layouts.ts'
import { reports } from './reports.ts'
import { scenes } from './scenes.ts'
import { settings } from './settings.ts'
import { tables } from './tables.ts'
import { texts } from './texts.ts'

const groups: readonly ExhibitGroup[] = [
  scenes,
  reports,
  headers,
  texts,
  contents,
  layouts,
  charts,
  tables,
  buttons,
  inputs,
  forms,
  settings,
]

export const galleryGroups: readonly GalleryGroup[] = groups.map(({ id, title }) => ({ id, title }))

/** Every card of the gallery, naming people and pictures of a world. */
export function galleryCards(sample: Sample): GalleryCard[] {
  return groups.flatMap((group) =>
    group.exhibits(sample).map((exhibit: Exhibit) => ({ group: group.id, ...exhibit })),
  )
}
