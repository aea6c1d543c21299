import type { DigestLayout } from '#src/contracts/card.ts'
import { frame, hr, note } from './kit/elements.ts'
import { when } from './kit/format.ts'

/** Many subjects in one card, when a chat gets more than it can take. */
export const digestLayout: DigestLayout = {
  maxLines: 20,
  render: ({ title, lines }) =>
    frame({
      title: `${title} · ${lines.length} 条`,
      template: 'blue',
      tags: [{ text: '合并播报', color: 'violet' }],
      summary: `${title} ${lines.length} 条`,
      elements: lines.flatMap((line, i) => (i === 0 ? line.elements : [hr(), ...line.elements])),
    }),
  superseded: (card, old) => ({
    ...card,
    body: {
      ...card.body,
      elements: [
        ...card.body.elements,
        note(`原卡片（${when(old.postedAt)} 发送）已无法再更新，请以本卡片为准。`),
      ],
    },
  }),
}
