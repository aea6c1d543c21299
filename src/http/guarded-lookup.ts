import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { AllowList } from './allow-list.ts'

/** Resolves a name to all its addresses. */
export type Resolve = (
  host: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

const resolveWithSystem: Resolve = (host, done) => systemLookup(host, { all: true }, done)

/**
 * DNS lookup for a connection that refuses private addresses. The check is made on the very address that is then
 * connected to, so a name that changes its answer in between (DNS rebinding) gains nothing.
 */
export function createGuardedLookup(list: AllowList, resolve: Resolve = resolveWithSystem): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      if (error !== null) return callback(error, '', 0)
      const wanted = options.family === 4 || options.family === 6 ? options.family : undefined
      const allowed = addresses.filter(
        (one) => (wanted === undefined || one.family === wanted) && list.allowsAddress(host, one.address),
      )
      const [first] = allowed
      if (first === undefined) return callback(addressRefused(host), '', 0)
      if (options.all === true) return callback(null, allowed)
      callback(null, first.address, first.family)
    })
  }
}

function addressRefused(host: string): NodeJS.ErrnoException {
  const error: NodeJS.ErrnoException = new Error(`${host} resolves to a private address only`)
  error.code = 'ADDRESS_REFUSED'
  return error
}
