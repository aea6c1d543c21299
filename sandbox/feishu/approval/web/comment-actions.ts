import { findPerson } from '../../contact/people.ts'
import { newNumber } from '../state.ts'
import { touch } from '../task-list.ts'
import { type Act, peopleIn, wrong } from './actions.ts'

const longest = 2000

/** Body `{text, parent?, at: [open_id]}`, or `{delete: id}` for one's own comment. */
export function writeComment({ kernel, instance, me, body }: Act): void {
  touch(kernel, instance)
  if (body.delete !== undefined) {
    const own = instance.comments.find((one) => one.id === body.delete && one.openId === me)
    if (!own) throw wrong('只能删除自己的评论 only your own comments')
    own.deleted = true
    return
  }
  const text = typeof body.text === 'string' ? body.text.trim() : ''
  if (text === '' || text.length > longest)
    throw wrong(`评论需要 1–${longest} 个字 1 to ${longest} characters`)
  const parent = instance.comments.find((one) => one.id === body.parent)
  const now = kernel.clock.now()
  instance.comments.push({
    id: newNumber(kernel),
    openId: me,
    content: JSON.stringify({ text }),
    createTime: now,
    updateTime: now,
    deleted: false,
    parentId: parent ? parent.parentId || parent.id : '',
    mentions: peopleIn(kernel, body.at).flatMap((openId) => {
      const name = findPerson(kernel, openId, 'open_id')?.name ?? ''
      const offset = text.indexOf(`@${name}`)
      return offset < 0 ? [] : [{ openId, name, offset: String(offset) }]
    }),
  })
}
