import { type Click, click } from '../feishu/im/click.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type ControlCall } from '../kernel/types.ts'
import { registerChatControl } from './chat-control.ts'
import { registerFaultControl } from './fault-control.ts'
import { registerSettingsControl } from './settings-control.ts'
import { registerStatusPage } from './status-page.ts'

const longestJumpMs = 400 * 24 * 3_600_000
const shownTraffic = 100

/** The control API of the sandbox's core; other parts add their own paths. */
export function registerControl(kernel: OwnKernel): void {
  kernel.control('GET', 'state', () => ({
    ...kernel.identity(),
    baseUrl: kernel.baseUrl(),
    now: kernel.clock.now(),
    longConnections: kernel.events.longConnection.count(),
    settings: kernel.settings,
    ...kernel.readState(),
  }))
  kernel.control('GET', 'effects', (call) => chosen(kernel.readEffects(), call.query.only))
  kernel.control('POST', 'click', (call) => click(kernel, readClick(call.body)))
  kernel.control('GET', 'clock', () => ({ now: kernel.clock.now() }))
  kernel.control('POST', 'clock', async (call) => {
    const ms = call.body.advanceMs
    if (typeof ms !== 'number' || !(ms >= 0 && ms <= longestJumpMs)) {
      throw new ApiFailure(400, 'advanceMs must be a number of ms, 0 to 400 days')
    }
    await kernel.clock.advance(ms)
    return { now: kernel.clock.now() }
  })
  kernel.control('GET', 'traffic', (call) => kernel.traffic.list(numberOf(call, 'limit', shownTraffic)))
  kernel.control('POST', 'reset', async (call) => {
    const seed = call.body.seed
    if (seed !== undefined && !Number.isSafeInteger(seed))
      throw new ApiFailure(400, 'seed must be an integer')
    await kernel.reset(seed as number | undefined)
    return { worldId: kernel.identity().worldId }
  })
  registerFaultControl(kernel)
  registerSettingsControl(kernel)
  registerChatControl(kernel)
  registerStatusPage(kernel, '/plain')
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
