import type { AnyTable } from '#src/contracts/table.ts'
import { ledger } from './ledger.ts'
import { orders } from './orders.ts'
import { people } from './people.ts'
import { refunds } from './refunds.ts'
import { shops } from './shops.ts'

/** Name of the base we create. */
export const baseName = '汇流'

/** Every table of the base, in the order they are created. */
export const tables: readonly AnyTable[] = [orders, refunds, ledger, shops, people]

export { ledger, orders, people, refunds, shops }
