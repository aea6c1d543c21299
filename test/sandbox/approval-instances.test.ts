import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { refundForm, startApproval, tenantToken } from './approval-client.ts'
import type { Loose } from './world-sandbox.ts'

describe('the approval definition', () => {
  it('is read with its widgets as JSON text and its nodes', async () => {
    const { call, code } = await startApproval()
    const { data } = await call('GET', `/approvals/${code}`)
    expect(data).toMatchObject({ approval_name: '退款审批', status: 'ACTIVE' })
    const widgets: Loose[] = JSON.parse(data.form)
    expect(widgets).toHaveLength(15)
    const type = widgets.find((widget) => widget.custom_id === 'refund_type')
    expect(type).toMatchObject({ name: '退款类型', type: 'radioV2' })
    expect(type.option.map((option: Loose) => option.text)).toEqual(['仅退款', '退货退款'])
    expect(data.node_list.map((node: Loose) => node.name)).toEqual(['提交', '主管审批', '结束'])
    expect(await call('GET', '/approvals/UNKNOWN')).toMatchObject({ status: 400, code: 1390002 })
  })

  it('is created from i18n texts, with AND nodes and supervisors, and overwritten by its code', async () => {
    const { call, person } = await startApproval()
    const body = {
      approval_name: '@i18n@approval',
      viewers: [{ viewer_type: 'TENANT' }],
      form: {
        form_content: JSON.stringify([{ id: 'note', type: 'textarea', name: '@i18n@note', required: true }]),
      },
      node_list: [
        { id: 'START' },
        {
          id: 'both',
          name: '@i18n@both',
          node_type: 'AND',
          approver: [
            { type: 'Personal', user_id: person('赵敏').open_id },
            { type: 'Supervisor', level: '1' },
          ],
        },
        { id: 'END' },
      ],
      i18n_resources: [
        {
          locale: 'zh-CN',
          is_default: true,
          texts: [
            { key: '@i18n@approval', value: '报销' },
            { key: '@i18n@note', value: '说明' },
            { key: '@i18n@both', value: '会签' },
          ],
        },
      ],
    }
    const created = await call('POST', '/approvals', body)
    expect(created.code).toBe(0)
    const again = await call('POST', '/approvals', { ...body, approval_code: created.data.approval_code })
    expect(again.data.approval_code).toBe(created.data.approval_code)
    expect((await call('POST', '/approvals', { ...body, approval_name: '报销' })).code).toBe(1390001)
    const applied = await call('POST', '/instances', {
      approval_code: created.data.approval_code,
      user_id: person('周宁').user_id,
      form: JSON.stringify([{ id: 'note', type: 'textarea', value: '打车' }]),
    })
    const { data } = await call('GET', `/instances/${applied.data.instance_code}`)
    expect(data.task_list.map((task: Loose) => [task.open_id, task.type])).toEqual([
      [person('赵敏').open_id, 'AND'],
      [person('王岚').open_id, 'AND'],
    ])
  })
})

describe('creating an instance', () => {
  it('takes widgets by custom id or id and reads radio back as text', async () => {
    const { apply, instance, person } = await startApproval()
    const code = await apply()
    expect(code).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
    const data = await instance(code)
    expect(data).toMatchObject({
      status: 'PENDING',
      end_time: '0',
      open_id: person('林小夏').open_id,
      user_id: person('林小夏').user_id,
      reverted: false,
    })
    const form: Loose[] = JSON.parse(data.form)
    const byName = Object.fromEntries(form.map((widget) => [widget.name, widget.value]))
    expect(byName).toEqual({
      退款单号: '6932876041925000009',
      订单号: '6932876041925000001',
      退款金额: 1299.5,
      退款类型: '仅退款',
      申请时间: '2026-11-21T09:30:00+08:00',
    })
    expect(data.task_list).toMatchObject([
      {
        open_id: person('王岚').open_id,
        status: 'PENDING',
        node_name: '主管审批',
        custom_node_id: 'supervisor_review',
        end_time: '0',
      },
    ])
  })

  it('refuses forms that do not fit, naming the widget', async () => {
    const { call, code, person } = await startApproval()
    const change = (id: string, patch: Record<string, unknown>) =>
      JSON.stringify(refundForm.map((widget) => (widget.id === id ? { ...widget, ...patch } : widget)))
    const forms: [number, unknown][] = [
      [60006, JSON.stringify([{ id: 'nothing', type: 'input', value: 'x' }])],
      [60006, change('refund_no', { type: 'textarea' })],
      [1390001, change('refund_no', { value: 7 })],
      [1390001, change('refund_no', { value: null })],
      [1390001, change('refund_no', { value: '' })],
      [1390001, change('refund_amount', { value: '1299.5' })],
      [1390001, change('refund_amount', { currency: 'USD' })],
      [1390001, change('refund_amount', { currency: undefined })],
      [1390001, change('refund_type', { value: '仅退款' })],
      [1390001, change('applied_at', { value: 1795000000000 })],
      [1390001, change('applied_at', { value: '2026-11-21 09:30:00' })],
      [1390001, JSON.stringify([refundForm[0], refundForm[0]])],
      [1390001, '{"id":"refund_no"}'],
      [1390001, 'not json'],
    ]
    for (const [expected, form] of forms) {
      const answer = await call('POST', '/instances', {
        approval_code: code,
        open_id: person('林小夏').open_id,
        form,
      })
      expect([form, answer.status, answer.code]).toEqual([form, 400, expected])
    }
    const wrong = change('refund_type', { value: '仅退款' })
    const answer = await call('POST', '/instances', {
      approval_code: code,
      open_id: person('林小夏').open_id,
      form: wrong,
    })
    expect(answer.msg).toContain('widget17611800000000009')
  })

  it('refuses unknown people and definitions', async () => {
    const { call, code } = await startApproval()
    const form = JSON.stringify(refundForm)
    const nobody = await call('POST', '/instances', { approval_code: code, open_id: 'ou_nobody', form })
    expect(nobody).toMatchObject({ status: 400, code: 1390004 })
    expect((await call('POST', '/instances', { approval_code: code, form })).code).toBe(1390004)
    expect((await call('POST', '/instances', { approval_code: 'X', open_id: 'ou_nobody', form })).code).toBe(
      1390002,
    )
    expect((await call('POST', '/instances', { approval_code: code, open_id: 1, form })).code).toBe(99992402)
  })

  it('uses a uuid once, whatever its case, and finds the instance by it', async () => {
    const { call, code, apply, instance, person, world } = await startApproval()
    const uuid = randomUUID()
    const instanceCode = await apply(refundForm, { uuid })
    const again = await call('POST', '/instances', {
      approval_code: code,
      open_id: person('林小夏').open_id,
      form: JSON.stringify(refundForm),
      uuid: uuid.toUpperCase(),
    })
    expect(again).toMatchObject({ status: 400, code: 60012 })
    expect(again.data).toBeUndefined()
    expect((await instance(uuid.toUpperCase())).instance_code).toBe(instanceCode)
    expect((await world.effects()).instances).toMatchObject([
      {
        instance_code: instanceCode,
        uuid,
        status: 'PENDING',
        key: '6932876041925000009',
        values: { 退款类型: '仅退款' },
      },
    ])
  })

  it('is limited to 100 a minute', async () => {
    const { world } = await startApproval()
    const authorization = `Bearer ${await tenantToken(world)}`
    const create = () =>
      fetch(`${world.url}/open-apis/approval/v4/instances`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{}',
      })
    let refused = await create()
    // A run across the turn of a minute gets two budgets.
    for (let count = 1; refused.status !== 429 && count <= 200; count++) refused = await create()
    expect(refused.status).toBe(429)
    expect(refused.headers.get('x-ogw-ratelimit-reset')).not.toBeNull()
    expect(((await refused.json()) as Loose).code).toBe(99991400)
  })
})

describe('finding instances', () => {
  it('lists codes by creation time in windows of at most 10 hours', async () => {
    const { call, code, apply, world } = await startApproval()
    const first = await apply()
    await world.kernel.clock.advance(11 * 3_600_000)
    const second = await apply()
    const now = world.kernel.clock.now()
    const list = (from: number, to: number, more = '') =>
      call('GET', `/instances?approval_code=${code}&start_time=${from}&end_time=${to}${more}`)
    expect((await list(now - 3_600_000, now)).data).toMatchObject({
      instance_code_list: [second],
      has_more: false,
    })
    expect((await list(now - 20 * 3_600_000, now - 10 * 3_600_000)).data.instance_code_list).toEqual([first])
    expect((await list(now - 20 * 3_600_000, now)).code).toBe(1390001)
  })

  it('pages', async () => {
    const { call, code, apply, world } = await startApproval()
    const made = [await apply(), await apply(), await apply()]
    const now = world.kernel.clock.now()
    const base = `/instances?approval_code=${code}&start_time=${now - 60_000}&end_time=${now}&page_size=2`
    const first = (await call('GET', base)).data
    const second = (await call('GET', `${base}&page_token=${first.page_token}`)).data
    expect([...first.instance_code_list, ...second.instance_code_list]).toEqual(made)
    expect([first.has_more, second.has_more]).toEqual([true, false])
  })

  it('knows no instance by a wrong code', async () => {
    const { call } = await startApproval()
    expect(await call('GET', `/instances/${randomUUID()}`)).toMatchObject({ status: 400, code: 1390003 })
  })
})
