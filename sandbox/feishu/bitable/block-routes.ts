import { type ApiCall, ApiFailure } from '../../kernel/types.ts'
import { requireStructure } from './app-rights.ts'
import { baseOf } from './find.ts'
import { limits, rates } from './limits.ts'
import { page } from './paging.ts'
import { queryText, violation } from './query.ts'
import { refuse } from './refusal.ts'
import { paths, serve } from './route.ts'
import { type Base, bases, structureChanged, type World } from './state.ts'
import { oneWriteAtATime } from './write-guard.ts'

const dashboardsPerPage = 500

/**
 * 仪表盘（列出、复制）和自动化流程（列出、开关）. No API makes one from nothing: people do, in the client; here the
 * control API does (`bases/:app_token/dashboards`, `…/workflows`).
 */
export function registerBlocks(world: World): void {
  const path = `${paths.app}/dashboards`
  serve(world, 'view', { method: 'GET', path, limit: rates.read }, ({ params, query }) => {
    const base = baseOf(world, params)
    const wanted = { token: queryText(query, 'page_token'), size: pageSize(queryText(query, 'page_size')) }
    const { items, has_more, page_token } = page(base.dashboards ?? [], wanted, (one) => one.block_id)
    return { dashboards: items, has_more, ...(page_token ? { page_token } : {}) }
  })
  const copyPath = `${path}/:block_id/copy`
  serve(world, 'view', { method: 'POST', path: copyPath, limit: rates.structureWrite }, (call) =>
    write(world, call, (base) => copyDashboard(world, base, call)),
  )
  serve(world, 'workflows', { method: 'GET', path: `${paths.app}/workflows`, limit: rates.read }, (call) => ({
    workflows: baseOf(world, call.params).workflows ?? [],
  }))
  serve(
    world,
    'blockWorkflows',
    { method: 'GET', path: `${paths.app}/block_workflows`, limit: rates.app },
    (call) => ({ workflows: baseOf(world, call.params).workflows ?? [] }),
  )
  serve(
    world,
    'records',
    {
      method: 'PUT',
      path: `${paths.app}/workflows/:workflow_id`,
      limit: rates.structureWrite,
      unverified: ['the code for a workflow_id nobody knows (1254002)'],
    },
    (call) => write(world, call, (base) => switchWorkflow(base, call)),
  )
  control(world)
}

function pageSize(text: string | undefined): number {
  if (text === undefined || text === '') return 20
  const size = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(size <= dashboardsPerPage)) throw violation('page_size', `the max value is ${dashboardsPerPage}`)
  return size >= 1 ? size : refuse(1254011, 'page_size must be at least 1')
}

function write<T>(world: World, call: ApiCall, change: (base: Base) => T): Promise<T> {
  const base = baseOf(world, call.params)
  requireStructure(world, base)
  return oneWriteAtATime(world, base, () => {
    const answer = change(base)
    base.revision++
    structureChanged(world)
    return answer
  })
}

function copyDashboard(world: World, base: Base, { params, body }: ApiCall) {
  const known = base.dashboards ?? []
  if (!known.some((one) => one.block_id === params.block_id)) refuse(1254050, 'no such dashboard')
  return addDashboard(world, base, body.name)
}

function addDashboard(world: World, base: Base, given: unknown) {
  const name = typeof given === 'string' ? given.trim() : ''
  const known = base.dashboards ?? []
  if (name === '' || name.length > limits.nameChars || /[[\]]/.test(name))
    refuse(1254038, `the name "${name}" is not allowed`)
  if (known.some((one) => one.name === name)) refuse(1254039, `there is a dashboard named "${name}"`)
  if (known.length + base.tables.length >= limits.tables)
    refuse(1254100, `at most ${limits.tables} tables and dashboards`)
  const made = { block_id: world.kernel.id('blk'), name }
  base.dashboards = [...known, made]
  return made
}

function switchWorkflow(base: Base, { params, body }: ApiCall) {
  const { status } = body
  if (status !== 'Enable' && status !== 'Disable') return refuse(1254001, 'status must be Enable or Disable')
  const workflow = base.workflows?.find((one) => one.workflow_id === params.workflow_id)
  if (!workflow) return refuse(1254002, `no workflow ${params.workflow_id}`)
  workflow.status = status
  return {}
}

/** What people make in the client and no API makes. */
function control(world: World): void {
  const on = (kind: string, make: (base: Base, name: unknown) => unknown) =>
    world.kernel.control('POST', `bases/:app_token/${kind}`, ({ params, body }) => {
      const base = bases(world).find((one) => one.app_token === params.app_token)
      if (!base) throw new ApiFailure(404, `There is no base ${params.app_token}.`, { status: 404 })
      const made = make(base, body.name)
      structureChanged(world)
      return made
    })
  on('dashboards', (base, name) => addDashboard(world, base, name))
  on('workflows', (base, name) => {
    const id = `73${String(world.kernel.random.int(10_000_000_000, 99_999_999_999))}`
    const workflow = { workflow_id: id, title: String(name ?? '自动化流程'), status: 'Disable' as const }
    base.workflows = [...(base.workflows ?? []), workflow]
    return workflow
  })
}
