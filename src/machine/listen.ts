import type { FastifyInstance } from 'fastify'
import { AppError } from '#src/errors.ts'

/**
 * Listens and returns the address.
 * @throws AppError `port_in_use` or `port_forbidden` naming the setting to change
 */
export async function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<string> {
  try {
    return await app.listen(at)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const where = `${at.host}:${at.port}`
    if (code === 'EADDRINUSE') {
      throw new AppError(
        'port_in_use',
        `${where} is taken by another program. Stop it, or choose another port with PORT. 端口 ${at.port} 已被占用：请停止占用它的程序，或用 PORT 换一个端口。`,
        { cause },
      )
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new AppError(
        'port_forbidden',
        `Huiliu may not listen on ${where}. Choose another HOST or PORT. 无法监听该地址：请检查 HOST 与 PORT。`,
        { cause },
      )
    }
    throw cause
  }
}
