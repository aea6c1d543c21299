import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure } from '../kernel/types.ts'

/** The long connections of the app: who is connected, and cutting one off. */
export function registerConnectionControl(kernel: OwnKernel): void {
  const { longConnection } = kernel.events
  kernel.control('GET', 'connections', {
    about: { zh: '连着的长连接客户端', en: 'Clients of the long connection' },
    handle: () => ({ connections: longConnection.list() }),
  })
  kernel.control('POST', 'connections', {
    about: {
      zh: '断开一个长连接客户端',
      en: 'Closes one client of the long connection',
      fields: { close: 'id of the connection' },
    },
    handle(call) {
      const { close } = call.body
      if (typeof close !== 'string' || !longConnection.close(close))
        throw new ApiFailure(404, '没有这个长连接 no such connection', { status: 404 })
      return { closed: close }
    },
  })
}
