/** The sandbox in a process of its own, its world in memory only, nothing happening in it by itself. */
import { buildSandbox } from '../../sandbox/server.ts'
import { serve } from './child.ts'

const sandbox = await buildSandbox({ seed: 7, statePath: null, settings: { ordersPerMinute: 0 } })
const url = await sandbox.listen(0)
serve({ url: () => url }, () => sandbox.close())
