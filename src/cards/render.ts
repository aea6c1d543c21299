import type { AnyCard, CardElement, CardJson, DigestLayout, PressValue } from '#src/contracts/card.ts'
import { lintCard } from './lint.ts'

/** A post as rendering sees it. */
export interface RenderablePost {
  id: string
  input: Record<string, unknown>
  subject: string
}

/** Marks a card with its post id, so that a message whose answer was lost can be found again in the chat. */
export function postMark(postId: string): string {
  return `p${postId.replaceAll('-', '').slice(0, 19)}`
}

function mark(card: CardJson, postId: string): CardJson {
  const [first, ...rest] = card.body.elements
  if (first === undefined || first.element_id !== undefined) return card
  return { ...card, body: { ...card.body, elements: [{ ...first, element_id: postMark(postId) }, ...rest] } }
}

function pressFor(post: RenderablePost, inDigest: boolean) {
  return (action: string, value: Record<string, unknown>): { type: 'callback'; value: PressValue }[] => [
    {
      type: 'callback',
      value: { p: post.id, a: action, ...(inDigest ? { s: post.subject } : {}), v: value },
    },
  ]
}

/** What people get when a card would be refused: never nothing. */
function fallback(card: AnyCard, post: RenderablePost): CardJson {
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward: false },
    header: { title: { tag: 'plain_text', content: card.label }, template: 'grey' },
    body: {
      elements: [
        {
          tag: 'markdown',
          content: `内容过多，无法在卡片中完整显示，请在表格中查看。\n编号：${post.subject}`,
        },
      ],
    },
  }
}

export interface Rendered {
  json: string
  problems: string[]
}

/** The post's card as JSON; when the platform would refuse it, a short stand-in together with the reasons. */
export function renderPost(
  card: AnyCard,
  post: RenderablePost,
  dress: (card: CardJson) => CardJson = (c) => c,
): Rendered {
  const rendered = dress(mark(card.render(post.input, pressFor(post, false)), post.id))
  const problems = lintCard(rendered)
  return problems.length === 0
    ? { json: JSON.stringify(rendered), problems }
    : { json: JSON.stringify(mark(fallback(card, post), post.id)), problems }
}

/** One digest card over the posts, in order. `id` marks it like a post. */
export function renderDigest(
  layout: DigestLayout,
  card: AnyCard,
  digest: { id: string; posts: readonly RenderablePost[] },
): Rendered {
  const lines = digest.posts.map((post) => ({
    label: post.subject,
    elements: card.line?.(post.input, pressFor(post, true)) ?? ([] as CardElement[]),
  }))
  const rendered = mark(layout.render({ title: card.label, lines }), digest.id)
  return { json: JSON.stringify(rendered), problems: lintCard(rendered) }
}

/**
 * How many of the posts fit into one digest card: at most the layout's lines, fewer while the card would break the
 * platform's size limits.
 */
export function fitDigest(layout: DigestLayout, card: AnyCard, posts: readonly RenderablePost[]): number {
  let count = Math.min(layout.maxLines, posts.length)
  while (count > 1) {
    const trial = { id: '00000000-0000-4000-8000-000000000000', posts: posts.slice(0, count) }
    if (renderDigest(layout, card, trial).problems.length === 0) return count
    count = Math.floor(count / 2)
  }
  return count
}
