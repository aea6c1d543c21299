import { expect } from 'vitest'
import { receiveEvents } from '../../sandbox/bitable-sandbox.ts'
import type { ConformanceCase, ConformanceWorld } from '../case.ts'
import { apps, done, type Place, works } from './bitable-place.ts'

const table = `${apps}/:app_token/tables/:table_id`

/** What a change of the place's base delivers, once the app has subscribed to it. */
async function delivered(world: ConformanceWorld, { app_token }: Place, change: () => Promise<unknown>) {
  const { kernel } = world.sandbox
  const events = await receiveEvents(kernel)
  await done(world, 'POST', `/open-apis/drive/v1/files/${app_token}/subscribe?file_type=bitable`)
  await change()
  const [event] = await events.next(1)
  await done(world, 'DELETE', `/open-apis/drive/v1/files/${app_token}/delete_subscribe?file_type=bitable`)
  kernel.settings.eventUrl = null
  return event
}

export const eventCases: ConformanceCase[] = [
  works(
    `POST ${table}/records`,
    'a subscribed base tells drive.file.bitable_record_changed_v1',
    async (world, known) => {
      const path = `${apps}/${known.app_token}/tables/${known.table_id}/records`
      const event = await delivered(world, known, () => done(world, 'POST', path, { fields: { 单号: 'Z1' } }))
      expect(event).toMatchObject({
        schema: '2.0',
        header: { event_type: 'drive.file.bitable_record_changed_v1' },
        event: {
          file_type: 'bitable',
          file_token: known.app_token,
          table_id: known.table_id,
          action_list: [{ action: 'record_added', after_value: [{ field_id: known.fields.单号 }] }],
        },
      })
    },
    'event',
  ),
  works(
    `POST ${table}/fields`,
    'a subscribed base tells drive.file.bitable_field_changed_v1',
    async (world, known) => {
      const path = `${apps}/${known.app_token}/tables/${known.table_id}/fields`
      const event = await delivered(world, known, () =>
        done(world, 'POST', path, { field_name: '新列', type: 1 }),
      )
      expect(event).toMatchObject({
        header: { event_type: 'drive.file.bitable_field_changed_v1' },
        event: { action_list: [{ action: 'field_added', after_value: { name: '新列', type: 1 } }] },
      })
    },
    'event',
  ),
]
