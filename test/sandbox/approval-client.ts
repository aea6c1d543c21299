import { type Loose, startWorld, type WorldSandbox } from './world-sandbox.ts'

export interface Approval {
  world: WorldSandbox
  code: string
  person(name: string): { open_id: string; user_id: string }
  /** Calls `/open-apis/approval/v4<path>`; when the minute's budget is spent, moves the clock and tries again. */
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; code: number; msg: string; data: Loose }>
  /** Creates an instance of the seeded definition and returns its code. */
  apply(form?: readonly unknown[], more?: Record<string, unknown>): Promise<string>
  instance(id: string): Promise<Loose>
  /** Events the platform queued for delivery, oldest first, as `type status`. */
  events(): Loose[]
}

export const refundForm = [
  { id: 'refund_no', type: 'input', value: '6932876041925000009' },
  { id: 'order_no', type: 'input', value: '6932876041925000001' },
  { id: 'refund_amount', type: 'amount', value: 1299.5, currency: 'CNY' },
  { id: 'refund_type', type: 'radioV2', value: 'm1refund0-onlyrefund00-0' },
  { id: 'applied_at', type: 'date', value: '2026-11-21T09:30:00+08:00' },
]

export async function startApproval(): Promise<Approval> {
  const world = await startWorld()
  const emitted: Loose[] = []
  const emit = world.kernel.events.emit
  // The transport is tested elsewhere; here it only matters what is handed to it.
  world.kernel.events.emit = (event) => {
    emitted.push(event)
    emit(event)
  }
  const code = world.state.approvals[0].approval_code
  const person = (name: string) => world.state.users.find((user: { name: string }) => user.name === name)
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${world.url}/open-apis/approval/v4${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tenantToken(world)}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as Loose) }
  }
  const call: Approval['call'] = async (method, path, body) => {
    const first = await send(method, path, body)
    if (first.status !== 429) return first
    await world.kernel.clock.advance(60_000)
    return send(method, path, body)
  }
  return {
    world,
    code,
    person,
    call,
    async apply(form = refundForm, more = {}) {
      const body = {
        approval_code: code,
        open_id: person('林小夏').open_id,
        form: JSON.stringify(form),
        ...more,
      }
      return (await call('POST', '/instances', body)).data?.instance_code
    },
    instance: async (id) => (await call('GET', `/instances/${id}`)).data,
    events: () => emitted,
  }
}

/** Asked for on every call: tokens end while tests move the clock. */
export async function tenantToken(world: WorldSandbox): Promise<string> {
  const { appId, appSecret } = world.state
  const answer = await fetch(`${world.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
  })
  return ((await answer.json()) as Loose).tenant_access_token
}
