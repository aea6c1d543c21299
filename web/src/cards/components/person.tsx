import { Avatar } from '../../ui/avatar.tsx'
import { useCard } from '../context.ts'
import type { ElementProps } from '../elements.tsx'
import { isObject, numberOf, objectOf, textOf } from '../json.ts'
import { CardIcon } from '../parts/icon.tsx'
import styles from './content.module.css'

/** px. Feishu docs: 人员组件, size. */
const sizes: Readonly<Record<string, number>> = { extra_small: 16, small: 20, medium: 24, large: 32 }

interface Look {
  size: number
  showAvatar: boolean
  showName: boolean
  capsule: boolean
}

export function Person({ element }: ElementProps) {
  return <One id={textOf(element.user_id) ?? ''} look={lookOf(element)} />
}

/** Several people, cut after some lines. */
export function PersonList({ element }: ElementProps) {
  const look = { ...lookOf(element), showName: element.show_name !== false }
  const lines = numberOf(element.lines)
  const persons = Array.isArray(element.persons) ? element.persons : []
  const ids = persons.map(
    (one) => (isObject(one) ? (textOf(one.id) ?? textOf(one.user_id)) : textOf(one)) ?? '',
  )
  return (
    <div
      className={styles.people}
      style={lines === undefined ? {} : { maxHeight: lines * (look.size + 8), overflow: 'hidden' }}
    >
      {isObject(element.icon) ? <CardIcon icon={objectOf(element.icon)} /> : null}
      {ids.map((id, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: somebody may be named twice
        <One key={index} id={id} look={look} />
      ))}
    </div>
  )
}

export function One({ id, look }: { id: string; look: Look }) {
  const { people, language } = useCard()
  const name = people[id] ?? (language === 'zh_cn' ? '未知用户' : 'Unknown user')
  return (
    <span className={look.capsule ? styles.capsule : styles.person} data-person={id} title={name}>
      {look.showAvatar ? <Avatar name={name} size={look.size} /> : null}
      {look.showName ? <span>{name}</span> : null}
    </span>
  )
}

function lookOf(element: ElementProps['element']): Look {
  return {
    size: sizes[textOf(element.size) ?? 'medium'] ?? 24,
    showAvatar: element.show_avatar !== false,
    showName: element.show_name === true,
    capsule: element.style === 'capsule',
  }
}
