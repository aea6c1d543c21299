import { JsonText } from '../kernel/control-routes.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type ControlCall } from '../kernel/types.ts'
import { createSnapshotShelf } from './snapshot-shelf.ts'

/**
 * `GET snapshot` is the whole world as one JSON document, `POST snapshot` with such a document goes on from it.
 * `snapshots` keeps named ones inside the sandbox.
 */
export function registerSnapshotControl(kernel: OwnKernel): void {
  const shelf = createSnapshotShelf(kernel.dataFolder)
  kernel.control('GET', 'snapshot', {
    about: { zh: '整个世界的快照（JSON，可下载保存）', en: 'The whole world as one JSON document' },
    handle: () => new JsonText(kernel.snapshot()),
  })
  kernel.control('POST', 'snapshot', {
    about: {
      zh: '换成这份快照里的世界；别的版本或损坏的会被拒绝，世界不变',
      en: 'Goes on with the world of a snapshot; another version or a damaged one is refused and nothing changes',
      fields: { '…': 'GET /_control/snapshot' },
    },
    async handle(call) {
      await kernel.restore(call.body)
      return { worldId: kernel.identity().worldId, now: kernel.clock.now() }
    },
  })
  kernel.web('GET', 'workbench/snapshots', () => ({ snapshots: shelf.list() }))
  kernel.control('GET', 'snapshots', {
    about: { zh: '沙箱里存着的快照', en: 'Snapshots kept in the sandbox' },
    handle: () => ({ snapshots: shelf.list() }),
  })
  kernel.control('POST', 'snapshots', {
    about: {
      zh: '存一份快照、换成其中一份、或删除',
      en: 'Keeps a snapshot, goes on with one, or removes it',
      fields: { name: 'letters, digits, 中文, - and _', action: 'save | load | delete' },
      example: { name: '开始', action: 'save' },
    },
    async handle(call) {
      const { name, action } = readWish(call)
      if (action === 'save') shelf.save(name, kernel.snapshot())
      else if (action === 'delete') shelf.remove(name)
      else await kernel.restore(shelf.read(name))
      kernel.tell('snapshots')
      return { snapshots: shelf.list() }
    },
  })
}

function readWish({ body }: ControlCall): { name: string; action: string } {
  const { name, action = 'save' } = body
  if (typeof name !== 'string' || !/^[\p{L}\p{N}_-]{1,40}$/u.test(name))
    throw new ApiFailure(400, '名称限 40 个字：文字、数字、- 和 _ name: letters, digits, - and _, at most 40')
  if (action !== 'save' && action !== 'load' && action !== 'delete')
    throw new ApiFailure(400, 'action must be save, load or delete')
  return { name, action }
}
