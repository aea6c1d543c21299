import type { AnyCard, CardElement, CardJson, DigestLayout, PressValue } from '#src/contracts/card.ts'
import { messageOf } from '#src/errors.ts'
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

/** Puts the mark on the first element that has no id of its own. */
function mark(card: CardJson, postId: string): CardJson {
  const { elements } = card.body
  const free = elements.findIndex((element) => element.element_id === undefined)
  if (free === -1) return card
  const marked = elements.map((element, i) =>
    i === free ? { ...element, element_id: postMark(postId) } : element,
  )
  return { ...card, body: { ...card.body, elements: marked } }
}

function pressFor(post: RenderablePost, inDigest: boolean) {
  return (action: string, value: Record<string, unknown>): { type: 'callback'; value: PressValue }[] => [
    {
      type: 'callback',
      value: { p: post.id, a: action, ...(inDigest ? { s: post.subject } : {}), v: value },
    },
  ]
}

const standIn = (post: RenderablePost): CardElement => ({
  tag: 'markdown',
  content: `内容无法在卡片中完整显示，请在表格中查看。\n编号：${post.subject.slice(0, 200).replace(/[^\p{L}\p{N}:._ -]/gu, '')}`,
})

/** What people get when a card would be refused: never nothing. */
const standInCard = (card: AnyCard, post: RenderablePost): CardJson => ({
  schema: '2.0',
  config: { update_multi: true, enable_forward: false },
  header: { title: { tag: 'plain_text', content: card.label }, template: 'grey' },
  body: { elements: [standIn(post)] },
})

export interface Rendered {
  json: string
  problems: string[]
}

/** What a render gives; one that throws (a stored input of an older version, say) is a problem like any other. */
function attempt<T>(render: () => T): { value: T } | { problem: string } {
  try {
    return { value: render() }
  } catch (error) {
    return { problem: `cannot be rendered: ${messageOf(error)}` }
  }
}

/** The post's card as JSON; when the platform would refuse it, a short stand-in together with the reasons. */
export function renderPost(
  card: AnyCard,
  post: RenderablePost,
  dress: (card: CardJson) => CardJson = (c) => c,
): Rendered {
  const tried = attempt(() => dress(mark(card.render(post.input, pressFor(post, false)), post.id)))
  const problems = 'problem' in tried ? [tried.problem] : lintCard(tried.value)
  return 'value' in tried && problems.length === 0
    ? { json: JSON.stringify(tried.value), problems }
    : { json: JSON.stringify(mark(standInCard(card, post), post.id)), problems }
}

/** One digest card over the posts, in order. `id` marks it like a post. A line that cannot be rendered says so. */
export function renderDigest(
  layout: DigestLayout,
  card: AnyCard,
  digest: { id: string; posts: readonly RenderablePost[] },
): Rendered {
  const lines = digest.posts.map((post) => {
    const line = attempt(() => card.line?.(post.input, pressFor(post, true)) ?? [])
    return { label: post.subject, elements: 'value' in line ? line.value : [standIn(post)] }
  })
  const rendered = mark(layout.render({ title: card.label, lines }), digest.id)
  return { json: JSON.stringify(rendered), problems: lintCard(rendered) }
}

const trialId = '00000000-0000-4000-8000-000000000000'

/**
 * The posts that go into one digest card: at most the layout's lines, fewer while the card would break the
 * platform's limits. A post whose line breaks them by itself is left out: it gets a card of its own.
 */
export function fitDigest<P extends RenderablePost>(
  layout: DigestLayout,
  card: AnyCard,
  posts: readonly P[],
): P[] {
  const fits = (some: readonly P[]) =>
    renderDigest(layout, card, { id: trialId, posts: some }).problems.length === 0
  const fine: P[] = []
  for (const post of posts) {
    if (fine.length >= layout.maxLines) break
    if (fits([post])) fine.push(post)
  }
  while (fine.length > 1 && !fits(fine)) fine.length = Math.ceil(fine.length / 2)
  return fine
}
