import { ApiFailure, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { findMedia, keepMedia, mediaBytes } from '../../drive/media-store.ts'
import { mediaBytesMost } from '../../drive/media-upload-api.ts'
import { readUpload } from '../../drive/read-upload.ts'
import { sendFile } from '../../drive/send-file.ts'
import { fieldType } from '../field-types.ts'
import { visibleTo } from '../roles.ts'
import { type Base, bases, rowsOf, type World } from '../state.ts'
import type { WebFile } from './base-shapes.ts'
import { sharedForm, stateFor, visitorOf } from './forms-share.ts'

const nameMost = 250

/** Files of a base: uploads by people (in cells, forms and through shared forms), and what a browser shows of them. */
export function registerAttachments(world: World): void {
  const { kernel } = world
  kernel.web('POST', 'base/:app/attachments', async (call): Promise<WebFile> => {
    const { open_id } = personOf(kernel, call)
    const base = baseOf(world, call)
    const sight = visibleTo(world, base, open_id)
    if (!sight?.tables.some((table) => table.canAdd || table.canManage || writes(table.field, base)))
      throw new ApiFailure(1254302, '你没有上传附件的权限 you may not add files here', { status: 403 })
    return receive(world, call, base, open_id)
  })
  kernel.web('POST', 'form/:form/attachments', async (call): Promise<WebFile> => {
    const spot = sharedForm(world, call.params.form ?? '')
    const visitor = visitorOf(world, call)
    if (stateFor(world, spot, visitor) !== 'open')
      throw new ApiFailure(1254302, '表单现在不能填写 this form cannot be filled in now', { status: 403 })
    return receive(world, call, spot.base, visitor.by)
  })
  kernel.web('GET', 'base/:app/attachments/:file', (call) => {
    const { open_id } = personOf(kernel, call)
    const base = baseOf(world, call)
    const media = findMedia(kernel, call.params.file ?? '')
    const bytes = media && mediaBytes(kernel, media.file_token)
    if (!media || !bytes || media.parent_node !== base.app_token) throw missing()
    if (media.by !== open_id && !isShownTo(world, base, open_id, media.file_token)) throw missing()
    return sendFile(call.request, call.reply, { media, bytes })
  })
}

function missing(): ApiFailure {
  return new ApiFailure(404, '没有这个附件 there is no such file', { status: 404 })
}

function writes(right: (field: Base['tables'][number]['fields'][number]) => string, base: Base): boolean {
  return base.tables.some((table) =>
    table.fields.some((field) => field.type === fieldType.attachment && right(field) === 'edit'),
  )
}

function baseOf(world: World, call: WebCall): Base {
  const found = bases(world).find((base) => base.app_token === call.params.app)
  if (!found) throw new ApiFailure(1254040, '没有这个多维表格 there is no such base', { status: 404 })
  return found
}

async function receive(world: World, call: WebCall, base: Base, by: string): Promise<WebFile> {
  const { bytes, filename } = await readUpload(call.request, mediaBytesMost)
  const name = filename.split(/[\\/]/).at(-1)?.slice(-nameMost) || '未命名文件'
  if (!bytes) throw new ApiFailure(1061002, '没有收到文件 no file came', { status: 400 })
  const upload = { name, parent_type: 'bitable_file', parent_node: base.app_token, by }
  const { file_token, size, type } = keepMedia(world.kernel, upload, bytes)
  return { file_token, name, size, type }
}

/** In a cell the person sees. With everything visible no cell needs to be looked for. */
function isShownTo(world: World, base: Base, openId: string, token: string): boolean {
  const sight = visibleTo(world, base, openId)
  if (!sight) return false
  if (sight.canManage || !base.is_advanced) return true
  return sight.tables.some(({ table, seesRow, field }) => {
    const fields = table.fields.filter((one) => one.type === fieldType.attachment && field(one) !== 'none')
    return Object.values(rowsOf(world, base, table)).some(
      (row) =>
        fields.some(({ field_id }) => {
          const cell = row.cells[field_id]
          return Array.isArray(cell) && cell.includes(token)
        }) && seesRow(row),
    )
  })
}
