import type { ReactNode } from 'react'
import styles from './content.module.css'

export interface RichTextProps {
  text: string
  names: Readonly<Record<string, string>>
  /** The bot's texts know `<b>`, `<i>`, `<u>`, `<s>` and `[label](address)`; what people type stays as typed. */
  markup: boolean
  /** open_id of the person who reads: being spoken to stands out. */
  me: string
}

const at = '<at (?:user_)?id="[^"]+">[^<]*</at>'
const link = '\\[[^\\[\\]]+\\]\\((?:https?|mailto|lark|feishu):[^\\s)]+\\)'
const address = 'https?://[^\\s<>"\'，。；）】]+'
const style = '<(?:b|i|u|s)>[\\s\\S]*?</(?:b|i|u|s)>'

/** Words of a message with mentions, links and the few styles a text may have. Nothing in it is ever HTML. */
export function RichText({ text, names, markup, me }: RichTextProps) {
  const parts = new RegExp(`(${[at, address, ...(markup ? [link, style] : [])].join('|')})`)
  return (
    <>
      {text.split(parts).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a fixed text have no other identity
        <Piece key={index} part={part} isMatch={index % 2 === 1} rest={{ names, markup, me }} />
      ))}
    </>
  )
}

interface PieceProps {
  part: string
  isMatch: boolean
  rest: Omit<RichTextProps, 'text'>
}

function Piece({ part, isMatch, rest }: PieceProps): ReactNode {
  if (!isMatch) return part
  const mention = /^<at (?:user_)?id="([^"]+)">([^<]*)<\/at>$/.exec(part)
  if (mention) {
    const [, id = '', written = ''] = mention
    const name = rest.names[id]
    return name === undefined && written === '' ? (
      part
    ) : (
      <Mention id={id} name={name ?? written} me={rest.me} />
    )
  }
  const named = /^\[([^\]]+)\]\((.+)\)$/.exec(part)
  if (named) return <SafeLink href={named[2] ?? ''}>{named[1]}</SafeLink>
  const styled = /^<([bius])>([\s\S]*)<\/\1>$/.exec(part)
  if (styled) {
    const Tag = styled[1] as 'b' | 'i' | 'u' | 's'
    return (
      <Tag>
        <RichText text={styled[2] ?? ''} {...rest} />
      </Tag>
    )
  }
  return part.startsWith('http') ? <SafeLink href={part}>{part}</SafeLink> : part
}

export function Mention({ id, name, me }: { id: string; name: string; me: string }) {
  return <span className={id === me || id === 'all' ? styles.atMe : styles.at}>@{name}</span>
}

const safe = /^(https?|mailto|lark|feishu):/i

/** A link only to addresses that cannot run anything; others stay words. */
export function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  if (!safe.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}
