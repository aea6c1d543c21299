import { connect } from 'node:net'

/** One keep-alive connection that sends prepared bytes: so little work that the generator is not what is measured. */
export interface Connection {
  /** HTTP status of the answer. One request at a time. */
  send(request: Buffer): Promise<number>
  close(): void
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let waiting: { resolve(status: number): void; reject(error: Error): void } | undefined
  let received = ''
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the connection was closed')))
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    const status = completeAnswer(received)
    if (status === undefined) return
    received = ''
    const { resolve } = waiting ?? {}
    waiting = undefined
    resolve?.(status)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

/** Status of an answer that has arrived as a whole; undefined when more is to come. */
export function completeAnswer(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))
  if (text.length < end + 4 + Number(length?.[1] ?? 0)) return undefined
  return Number(text.slice(9, 12))
}
