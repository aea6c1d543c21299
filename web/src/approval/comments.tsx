import { useState } from 'react'
import type { ApprovalDetail, ShownComment } from '#sandbox/feishu/approval/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { useTry } from '../ui/toast.tsx'
import styles from './comments.module.css'
import { MentionInput } from './mention-input.tsx'
import { fullTime } from './time.ts'

/** Comments with their replies, and a box to write one. */
export function Comments({ detail, path }: { detail: ApprovalDetail; path: string }) {
  const t = useT()
  const [replyTo, setReplyTo] = useState<ShownComment>()
  const attempt = useTry()
  const remove = (id: string) => void attempt(() => send('POST', `${path}/comment`, { delete: id }))
  const visible = detail.comments.filter((one) => !one.deleted)
  const roots = visible.filter((one) => !visible.some((other) => other.id === one.parentId))
  return (
    <section className={styles.comments} aria-label={t('评论', 'Comments')}>
      <h3>
        {t('评论', 'Comments')} {visible.length > 0 ? <small>{visible.length}</small> : null}
      </h3>
      <ul>
        {roots.map((root) => (
          <li key={root.id}>
            <One comment={root} onReply={() => setReplyTo(root)} onRemove={() => remove(root.id)} />
            {visible
              .filter((one) => one.parentId === root.id)
              .map((reply) => (
                <div key={reply.id} className={styles.reply}>
                  <One comment={reply} onReply={() => setReplyTo(root)} onRemove={() => remove(reply.id)} />
                </div>
              ))}
          </li>
        ))}
      </ul>
      <Write path={path} replyTo={replyTo} onDone={() => setReplyTo(undefined)} />
    </section>
  )
}

interface OneProps {
  comment: ShownComment
  onReply: () => void
  onRemove: () => void
}

function One({ comment, onReply, onRemove }: OneProps) {
  const t = useT()
  return (
    <div className={styles.one}>
      <Avatar name={comment.who.name} size={28} />
      <div>
        <p className={styles.who}>
          {comment.who.name} <time>{fullTime(comment.at)}</time>
          {comment.edited ? <time>{t('已编辑', 'edited')}</time> : null}
        </p>
        <p className={styles.text}>
          <Mentioned text={comment.text} names={comment.mentions} />
        </p>
        <p className={styles.tools}>
          <button type="button" onClick={onReply}>
            {t('回复', 'Reply')}
          </button>
          {comment.mine ? (
            <button type="button" onClick={onRemove}>
              {t('删除', 'Delete')}
            </button>
          ) : null}
        </p>
      </div>
    </div>
  )
}

/** `@name` of people who were mentioned stands out; everything stays text. */
function Mentioned({ text, names }: { text: string; names: readonly string[] }) {
  const parts = names.reduce<string[]>(
    (pieces, name) =>
      pieces.flatMap((piece) =>
        piece.split(`@${name}`).flatMap((rest, index) => (index === 0 ? [rest] : [`@${name}`, rest])),
      ),
    [text],
  )
  return parts.map((part, index) =>
    names.some((name) => part === `@${name}`) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no id
      <span key={index} className={styles.at}>
        {part}
      </span>
    ) : (
      part
    ),
  )
}

function Write({
  path,
  replyTo,
  onDone,
}: {
  path: string
  replyTo: ShownComment | undefined
  onDone: () => void
}) {
  const t = useT()
  const { me } = useSession()
  const attempt = useTry()
  const [text, setText] = useState('')
  const [at, setAt] = useState<readonly string[]>([])
  const submit = async () => {
    const sent = await attempt(() => send('POST', `${path}/comment`, { text, at, parent: replyTo?.id }))
    if (!sent) return
    setText('')
    setAt([])
    onDone()
  }
  return (
    <div className={styles.write}>
      <Avatar name={me.name} size={28} />
      <div className={styles.box}>
        {replyTo ? (
          <p className={styles.replying}>
            {t(`回复 ${replyTo.who.name}`, `Reply to ${replyTo.who.name}`)}
            <button type="button" onClick={onDone}>
              {t('取消', 'Cancel')}
            </button>
          </p>
        ) : null}
        <MentionInput
          label={t('写评论', 'Write a comment')}
          placeholder={t('写评论，@ 可提醒同事', 'Write a comment, @ tells a colleague')}
          text={text}
          onChange={(next, mention) => {
            setText(next)
            if (mention) setAt([...at, mention])
          }}
        />
        {text.trim() ? (
          <Button look="primary" small onClick={submit}>
            {t('发送', 'Send')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
