import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { driveState } from '../drive/files.ts'
import { findMedia, mediaBytes } from '../drive/media-store.ts'
import { addDocument } from './document-state.ts'
import { writeMarkdown } from './write-markdown.ts'

interface Task {
  ticket: string
  token: string
  title: string
  url: string
}

const part = 'import-tasks'
const uploadedMs = 5 * 60_000
const texts = new Set(['md', 'markdown', 'mark', 'txt'])

/** Text files as documents. Feishu docs: 创建导入任务, 查询导入任务结果. */
export function registerImportTaskApi(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/drive/v1/import_tasks',
    auth: 'any',
    limit: { perMinute: 100 },
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['file_extension', 'file_token', 'type', 'point'],
      properties: {
        file_extension: { type: 'string' },
        file_token: { type: 'string' },
        type: { enum: ['docx', 'sheet', 'bitable'] },
        file_name: { type: 'string' },
        point: {
          type: 'object',
          required: ['mount_type', 'mount_key'],
          properties: { mount_type: { const: 1 }, mount_key: { type: 'string' } },
        },
      },
    },
    unverified: ['only Markdown and plain text become documents here; other files are refused with 1069911'],
    handle: (call) => create(kernel, call),
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/drive/v1/import_tasks/:ticket',
    auth: 'any',
    limit: { perMinute: 1000, perSecond: 50 },
    handle: (call) => ({ result: resultOf(kernel, call.params.ticket ?? '') }),
  })
}

function tasks(kernel: Kernel): Record<string, Task> {
  return kernel.state<Record<string, Task>>(part, () => ({}))
}

function create(kernel: Kernel, call: ApiCall): { ticket: string } {
  const { file_token, file_extension, type, file_name, point } = call.body as {
    file_token: string
    file_extension: string
    type: string
    file_name?: string
    point: { mount_key: string }
  }
  const media = findMedia(kernel, file_token)
  const bytes = mediaBytes(kernel, file_token)
  if (media === undefined || bytes === undefined)
    throw new ApiFailure(1069907, 'file token not found', { status: 404 })
  if (kernel.clock.now() - media.at > uploadedMs) throw new ApiFailure(1069913, 'import file token expired')
  const [name = '', ending = ''] = /^(.*?)(?:\.([^.]+))?$/.exec(media.name)?.slice(1) ?? []
  if (ending.toLowerCase() !== file_extension.toLowerCase())
    throw new ApiFailure(1069910, 'import file extension not match')
  if (type !== 'docx' || !texts.has(file_extension.toLowerCase()))
    throw new ApiFailure(1069911, 'import file type not match')
  const folder = point.mount_key
  if (folder !== '' && driveState(kernel).folders?.[folder] === undefined)
    throw new ApiFailure(1069912, 'folder not exist')
  const title = file_name || name
  const document = addDocument(kernel, { title, owner: call.user ?? 'app', folder_token: folder })
  writeMarkdown(kernel, document, bytes.toString('utf8'))
  const ticket = kernel.id('').slice(0, 14)
  const token = document.document_id
  tasks(kernel)[ticket] = { ticket, token, title, url: `${kernel.baseUrl()}/docx/${token}` }
  kernel.changed(part)
  return { ticket }
}

/** The work is done when it is asked for; the platform takes a moment (job_status 1 and 2). */
function resultOf(kernel: Kernel, ticket: string): unknown {
  const task = tasks(kernel)[ticket]
  if (!task) throw new ApiFailure(1069904, 'invalid param')
  return {
    ticket,
    type: 'docx',
    job_status: 0,
    job_error_msg: 'success',
    token: task.token,
    url: task.url,
    extra: [],
  }
}
