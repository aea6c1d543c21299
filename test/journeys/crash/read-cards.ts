/** Which order or refund a message in a chat is about, read from what people see on it. */
import type { CardMessage } from './world.ts'

export interface SeenCard {
  messageId: string
  /** The post's or digest's mark: two messages with the same mark are one card sent twice. */
  mark: string | undefined
  kind: 'order' | 'refund' | 'other'
  digest: boolean
  /** Order number (order cards, refund digests) or refund number (refund cards), once per line. */
  subjects: string[]
  /** Claim buttons by order number. */
  claims: { orderNo: string; value: unknown }[]
  /** Word of the status tag in the header (cards of one subject). */
  status: string | undefined
  title: string
  text: string
}

type Node = Record<string, unknown>

/** Every object below `value`, in reading order. */
function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Node
  for (const item of Object.values(value)) yield* nodesOf(item)
}

const textOf = (node: Node): string => (typeof node.content === 'string' ? node.content : '')

/** Value under a label: `订单号</font>\n69…`. */
const labelled = (texts: readonly string[], label: string) =>
  texts.flatMap((text) => new RegExp(`>${label}</font>\\n(\\S+)`).exec(text)?.[1] ?? [])

function claimsOf(nodes: readonly Node[], only: string | undefined): SeenCard['claims'] {
  return nodes.flatMap((node) => {
    const value = node.type === 'callback' ? (node.value as Node | undefined) : undefined
    if (value?.a !== 'claim') return []
    const orderNo = typeof value.s === 'string' ? value.s.split(':').at(-1) : only
    return orderNo === undefined ? [] : [{ orderNo, value }]
  })
}

function readDigest(base: SeenCard, texts: readonly string[], nodes: readonly Node[]): SeenCard {
  const isRefund = base.kind === 'refund'
  const line = isRefund ? /\n(\d{12,}) · / : /\[查看订单\]\([^)]*(?:[?&]id=|\/orders\/)(\d+)/
  const subjects = texts.flatMap((text) => line.exec(text)?.[1] ?? [])
  return { ...base, digest: true, subjects, claims: claimsOf(nodes, undefined) }
}

export function readCard(message: CardMessage): SeenCard {
  const card = message.content as Node
  const nodes = [...nodesOf(card)]
  const texts = nodes.map(textOf).filter((text) => text !== '')
  const header = (card.header ?? {}) as { title?: Node; text_tag_list?: { text: Node }[] }
  const title = textOf(header.title ?? {})
  const tags = (header.text_tag_list ?? []).map((tag) => textOf(tag.text))
  const first = ((card.body as { elements?: Node[] })?.elements ?? [])[0]
  const base: SeenCard = {
    messageId: message.message_id,
    mark: typeof first?.element_id === 'string' ? first.element_id : undefined,
    kind: /^退款/.test(title) ? 'refund' : /^(新订单|订单)/.test(title) ? 'order' : 'other',
    digest: false,
    subjects: [],
    claims: [],
    status: tags[0],
    title,
    text: texts.join('\n'),
  }
  if (tags.includes('合并播报')) return readDigest(base, texts, nodes)
  const subjects = labelled(texts, base.kind === 'refund' ? '退款单号' : '订单号')
  if (base.kind === 'other') return base
  return { ...base, subjects, claims: claimsOf(nodes, subjects[0]) }
}
