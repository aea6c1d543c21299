import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type ControlCall } from '../kernel/types.ts'

const longestJumpMs = 400 * 24 * 3_600_000

/** `GET clock`; `POST clock` with `{advanceMs}`, `{frozen}` or both (frozen first). */
export function registerClockControl(kernel: OwnKernel): void {
  const shown = () => ({ now: kernel.clock.now(), frozen: kernel.clock.isFrozen() })
  kernel.control('GET', 'clock', {
    about: { zh: '沙箱时间', en: 'Sandbox time' },
    handle: shown,
  })
  kernel.control('POST', 'clock', {
    about: {
      zh: '拨快时钟、停住或继续；到点的重推和过期按顺序发生',
      en: 'Moves, stops or restarts the clock; what becomes due happens on the way, in order',
      fields: { advanceMs: 'ms, 0 to 400 days', frozen: 'true | false' },
      example: { advanceMs: 15_000 },
    },
    async handle(call) {
      const { advanceMs, frozen } = readMove(call)
      if (frozen !== undefined) kernel.clock.freeze(frozen)
      if (advanceMs !== undefined) await kernel.clock.advance(advanceMs)
      return shown()
    },
  })
}

function readMove({ body }: ControlCall): { advanceMs?: number; frozen?: boolean } {
  const { advanceMs, frozen } = body
  if (advanceMs !== undefined || frozen === undefined) {
    if (typeof advanceMs !== 'number' || !(advanceMs >= 0 && advanceMs <= longestJumpMs))
      throw new ApiFailure(400, 'advanceMs must be a number of ms, 0 to 400 days')
  }
  if (frozen !== undefined && typeof frozen !== 'boolean')
    throw new ApiFailure(400, 'frozen must be true or false')
  return {
    ...(typeof advanceMs === 'number' && { advanceMs }),
    ...(typeof frozen === 'boolean' && { frozen }),
  }
}
