import type { AnyCard, CardJson, DigestLayout } from '#src/contracts/card.ts'

interface Shown {
  cards: ReadonlyMap<string, AnyCard>
  layout: DigestLayout
}

/** The same cards and digests, each with the mark on whatever it renders. */
export function markAll({ cards, layout }: Shown, mark: (card: CardJson) => CardJson): Shown {
  const marked = [...cards.values()].map((card): [string, AnyCard] => [
    card.id,
    { ...card, render: (input, press) => mark(card.render(input, press)) },
  ])
  return { cards: new Map(marked), layout: { ...layout, render: (digest) => mark(layout.render(digest)) } }
}
