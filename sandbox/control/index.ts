import { type Click, click } from '../feishu/im/click.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type ControlCall } from '../kernel/types.ts'
import { registerChatControl } from './chat-control.ts'
import { registerClockControl } from './clock-control.ts'
import { registerConnectionControl } from './connection-control.ts'
import { registerFaultControl } from './fault-control.ts'
import { registerSettingsControl } from './settings-control.ts'
import { registerSnapshotControl } from './snapshot-control.ts'
import { registerStatusPage } from './status-page.ts'
import { controlRoutes, registerWorkbench } from './workbench.ts'

const shownTraffic = 100

/** The control API of the sandbox's core; other parts add their own paths. */
export function registerControl(kernel: OwnKernel): void {
  registerLooking(kernel)
  kernel.control('POST', 'click', {
    about: {
      zh: '某人按下卡片上的按钮',
      en: 'A person presses a button of a card',
      fields: {
        message_id: 'om_…',
        open_id: 'ou_…',
        name: 'label or name of the button',
        value: 'or (part of) its value',
        form_value: '{ name: value }',
      },
    },
    handle: (call) => click(kernel, readClick(call.body)),
  })
  kernel.control('POST', 'reset', {
    about: {
      zh: '丢掉这个世界，重新开始；密钥和设置不变',
      en: 'Throws the world away and starts another; keys and settings stay',
      fields: { seed: 'integer' },
      example: { seed: 1 },
    },
    async handle(call) {
      const seed = call.body.seed
      if (seed !== undefined && !Number.isSafeInteger(seed))
        throw new ApiFailure(400, 'seed must be an integer')
      await kernel.reset(seed as number | undefined)
      return { worldId: kernel.identity().worldId }
    },
  })
  registerClockControl(kernel)
  registerFaultControl(kernel)
  registerSettingsControl(kernel)
  registerConnectionControl(kernel)
  registerSnapshotControl(kernel)
  registerChatControl(kernel)
  registerWorkbench(kernel)
  registerStatusPage(kernel, '/plain')
}

function registerLooking(kernel: OwnKernel): void {
  kernel.control('GET', 'state', {
    about: {
      zh: '应用密钥、设置、人员、群、表格、审批',
      en: 'Keys, settings, people, chats, bases, approvals',
    },
    handle: () => ({
      ...kernel.identity(),
      baseUrl: kernel.baseUrl(),
      now: kernel.clock.now(),
      longConnections: kernel.events.longConnection.count(),
      settings: kernel.settings,
      ...kernel.readState(),
    }),
  })
  kernel.control('GET', 'effects', {
    about: {
      zh: '至今发生的全部结果，用来查重',
      en: 'Everything that took effect, so that doubles are visible',
      fields: { only: 'rows,messages' },
    },
    handle: (call) => chosen(kernel.readEffects(), call.query.only),
  })
  kernel.control('GET', 'routes', {
    about: { zh: '这个控制接口的说明', en: 'What this control API offers' },
    handle: () => ({ routes: controlRoutes(kernel) }),
  })
  kernel.control('GET', 'traffic', {
    about: { zh: '最近的请求与应答', en: 'The last requests and answers', fields: { limit: '1–500' } },
    handle: (call) => kernel.traffic.list(numberOf(call, 'limit', shownTraffic)),
  })
  kernel.control('POST', 'traffic', {
    about: { zh: '清空流量记录', en: 'Empties the traffic record', example: { clear: true } },
    handle(call) {
      if (call.body.clear !== true) throw new ApiFailure(400, 'clear must be true')
      kernel.traffic.clear()
      return {}
    },
  })
}

/** `?only=rows,messages` keeps the answer small in a big world. */
function chosen(all: Record<string, unknown>, only: unknown): Record<string, unknown> {
  if (typeof only !== 'string') return all
  const names = only.split(',')
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
}

function readClick(body: Record<string, unknown>): Click {
  if (typeof body.message_id !== 'string' || typeof body.open_id !== 'string') {
    throw new ApiFailure(400, 'message_id and open_id are needed')
  }
  if (body.name === undefined && body.value === undefined)
    throw new ApiFailure(400, 'name or value is needed')
  return body as unknown as Click
}

function numberOf(call: ControlCall, name: string, otherwise: number): number {
  const value = Number(call.query[name] ?? otherwise)
  if (!Number.isInteger(value) || value < 1) throw new ApiFailure(400, `${name} must be a positive integer`)
  return value
}
