import type { ReactNode } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { colorOf, tagColors, textColorOf } from '../colors.ts'
import { useCard } from '../context.ts'
import { deviceLink } from '../links.ts'
import { CardIcon } from '../parts/icon.tsx'
import { Anchor } from './inlines.tsx'
import { localDatetime } from './local-datetime.ts'
import styles from './markdown.module.css'
import type { TagNode } from './parse.ts'

/** Feishu's own inline tags. */
export function Tag({ tag, children }: { tag: TagNode; children: ReactNode }) {
  const card = useCard()
  const { attributes } = tag
  switch (tag.name) {
    case 'br':
      return <br />
    case 'hr':
      // Inside a paragraph no <hr> may stand.
      return <span className={styles.line} data-line="" />
    case 'font':
      return <span style={{ color: textColorOf(attributes.color, card.colors) }}>{children}</span>
    case 'text-tag':
      return (
        <span className={styles.tag} style={tagColors(attributes.color)} data-color={attributes.color}>
          {children}
        </span>
      )
    case 'at':
      return <At attributes={attributes} />
    case 'person':
      return <Person attributes={attributes} />
    case 'a':
      return <Anchor url={attributes.href}>{tag.children.length > 0 ? children : attributes.href}</Anchor>
    case 'link':
      return (
        <Anchor url={deviceLink(attributes, card.device, 'url')}>
          {attributes.icon ? (
            <CardIcon icon={{ tag: 'standard_icon', token: attributes.icon }} size={14} />
          ) : null}
          {tag.children.length > 0 ? children : attributes.url}
        </Anchor>
      )
    case 'number-tag':
      return <NumberTag attributes={attributes}>{children}</NumberTag>
    default:
      return (
        <time>
          {localDatetime(
            attributes.millisecond ?? '',
            attributes.format_type ?? '',
            card.language === 'zh_cn' ? 'zh-CN' : 'en-US',
          )}
        </time>
      )
  }
}

type Attributes = TagNode['attributes']

function At({ attributes }: { attributes: Attributes }) {
  const { people, language } = useCard()
  const ids = (attributes.ids ?? attributes.id ?? attributes.user_id ?? attributes.email ?? '').split(',')
  const everybody = language === 'zh_cn' ? '所有人' : 'All'
  const names = ids.map((id) => (id === 'all' ? everybody : (people[id.trim()] ?? id.trim())))
  return (
    <span className={styles.at} data-at={ids.join(',')}>
      {names.map((name) => `@${name}`).join(' ')}
    </span>
  )
}

function Person({ attributes }: { attributes: Attributes }) {
  const { people, language } = useCard()
  const name = people[attributes.id ?? ''] ?? (language === 'zh_cn' ? '未知用户' : 'Unknown user')
  const isCapsule = attributes.style === 'capsule'
  return (
    <span className={isCapsule ? styles.capsule : styles.person} data-person={attributes.id}>
      {attributes.show_avatar === 'false' ? null : <Avatar name={name} size={isCapsule ? 18 : 20} />}
      {attributes.show_name === 'false' ? null : <span>{name}</span>}
    </span>
  )
}

function NumberTag({ attributes, children }: { attributes: Attributes; children: ReactNode }) {
  const card = useCard()
  const link = deviceLink(attributes, card.device, 'url')
  const badge = (
    <span
      className={styles.number}
      style={{
        background: colorOf(attributes.background_color, card.colors),
        color: colorOf(attributes.font_color, card.colors),
      }}
    >
      {children}
    </span>
  )
  return link === undefined ? badge : <Anchor url={link}>{badge}</Anchor>
}
