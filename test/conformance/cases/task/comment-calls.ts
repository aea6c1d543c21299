import type { ConformanceCase } from '../../case.ts'
import { api, refuses, works } from '../platform-world.ts'
import { comment, comments, task } from './task-world.ts'

export const commentCalls: readonly ConformanceCase[] = [
  works(`POST ${comments}`, 'a comment', async (sdk, world) =>
    sdk.task.v2.comment.create({
      data: { content: '已联系', resource_type: 'task', resource_id: await task(world) },
    }),
  ),
  refuses(`POST ${comments}`, { code: 1470400, kind: 'limit' }, 'more than 3000 characters', async (world) =>
    api(world, 'POST', '/task/v2/comments', {
      body: { content: '长'.repeat(3001), resource_id: await task(world) },
    }),
  ),
  refuses(`POST ${comments}`, { code: 1470404, status: 404 }, 'on a task that does not exist', (world) =>
    api(world, 'POST', '/task/v2/comments', { body: { content: 'x', resource_id: 'none' } }),
  ),
  works(`GET ${comments}`, 'the comments of a task', async (sdk, world) =>
    sdk.task.v2.comment.list({ params: { resource_type: 'task', resource_id: await task(world) } }),
  ),
  works(`GET ${comments}/:comment_id`, 'one comment', async (sdk, world) =>
    sdk.task.v2.comment.get({ path: { comment_id: await comment(world) } }),
  ),
  refuses(
    `GET ${comments}/:comment_id`,
    { code: 1470404, status: 404 },
    'a comment that does not exist',
    (world) => api(world, 'GET', '/task/v2/comments/1'),
  ),
  works(`PATCH ${comments}/:comment_id`, 'other words', async (sdk, world) =>
    sdk.task.v2.comment.patch({
      path: { comment_id: await comment(world) },
      data: { comment: { content: '已解决' }, update_fields: ['content'] },
    }),
  ),
  works(`DELETE ${comments}/:comment_id`, 'it is gone', async (sdk, world) =>
    sdk.task.v2.comment.delete({ path: { comment_id: await comment(world) } }),
  ),
  works('GET /open-apis/task/v2/attachments', 'no attachments', async (sdk, world) =>
    sdk.task.v2.attachment.list({ params: { resource_type: 'task', resource_id: await task(world) } }),
  ),
]
