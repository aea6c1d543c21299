import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { call, data, happy, newUuid, personOf, refusal, v4 } from './approval-world.ts'

const definitions = `POST ${v4}/external_approvals`
const definition = `GET ${v4}/external_approvals/:approval_code`
const instances = `POST ${v4}/external_instances`
const check = `POST ${v4}/external_instances/check`
const tasks = `GET ${v4}/external_tasks`

const links = { pc_link: 'https://oa.example.com/1', mobile_link: 'https://oa.example.com/1' }
const i18n_resources = [
  {
    locale: 'zh-CN' as const,
    is_default: true,
    texts: [
      { key: '@i18n@1', value: '用章申请' },
      { key: '@i18n@2', value: '事由' },
    ],
  },
]

const definitionBody = () => ({
  approval_name: '@i18n@1',
  approval_code: newUuid(),
  group_code: 'work_group',
  external: { support_pc: true, create_link_pc: 'https://oa.example.com/new' },
  viewers: [{ viewer_type: 'TENANT' as const }],
  i18n_resources,
})

async function external(world: ConformanceWorld): Promise<string> {
  const body = definitionBody()
  return (await data<{ approval_code: string }>(world, 'POST', '/external_approvals', { body })).approval_code
}

async function instanceBody(world: ConformanceWorld, more: Record<string, unknown> = {}) {
  const { open_id, user_id } = await personOf(world, '王岚')
  return {
    approval_code: await external(world),
    status: 'PENDING' as const,
    instance_id: newUuid(),
    links,
    title: '@i18n@1',
    form: [{ name: '@i18n@2', value: '@i18n@1' }],
    open_id,
    start_time: '1795000000000',
    end_time: '0',
    update_time: '1795000000000',
    update_mode: 'UPDATE' as const,
    task_list: [
      {
        task_id: 't1',
        user_id,
        links,
        status: 'PENDING' as const,
        create_time: '1795000000000',
        end_time: '0',
        update_time: '1795000000000',
      },
    ],
    i18n_resources,
    ...more,
  }
}

export const externalCases: readonly ConformanceCase[] = [
  happy(definitions, 'creates through the SDK and keeps the given code', async (world) => {
    const body = definitionBody()
    const answer = await world.sdk.approval.externalApproval.create({ data: body })
    expect(answer).toMatchObject({ code: 0, data: { approval_code: body.approval_code } })
  }),
  refusal(definitions, 1390001, {
    title: 'shown nowhere',
    send: (world) =>
      call(world, 'POST', '/external_approvals', { body: { ...definitionBody(), external: {} } }),
  }),
  happy(definition, 'gives back what was sent', async (world) => {
    const answer = await world.sdk.approval.externalApproval.get({
      path: { approval_code: await external(world) },
    })
    expect(answer.data).toMatchObject({ approval_name: '@i18n@1', external: { support_pc: true } })
  }),
  refusal(definition, 1390002, {
    title: 'an unknown code',
    send: (world) => call(world, 'GET', '/external_approvals/NO'),
  }),
  happy(instances, 'only a larger update_time changes anything', async (world) => {
    const body = await instanceBody(world)
    expect((await world.sdk.approval.externalInstance.create({ data: body })).code).toBe(0)
    const status = async () =>
      (
        await data<{ data: { status: string; tasks: { status: string }[] }[] }>(
          world,
          'GET',
          '/external_tasks',
        )
      ).data.at(-1)
    await data(world, 'POST', '/external_instances', { body: { ...body, status: 'APPROVED' } })
    expect(await status()).toMatchObject({ status: 'PENDING' })
    const task_list = body.task_list.map((task) => ({
      ...task,
      status: 'APPROVED',
      update_time: '1795000000001',
    }))
    await data(world, 'POST', '/external_instances', {
      body: { ...body, status: 'APPROVED', update_time: '1795000000001', task_list },
    })
    expect(await status()).toMatchObject({ status: 'APPROVED', tasks: [{ status: 'APPROVED' }] })
  }),
  refusal(instances, 1390002, {
    title: 'an unknown definition',
    send: async (world) =>
      call(world, 'POST', '/external_instances', {
        body: await instanceBody(world, { approval_code: 'NO' }),
      }),
  }),
  refusal(instances, 1390004, {
    title: 'an applicant nobody knows',
    send: async (world) =>
      call(world, 'POST', '/external_instances', { body: await instanceBody(world, { open_id: 'ou_no' }) }),
  }),
  refusal(instances, 1390001, {
    title: 'a title without a text',
    send: async (world) =>
      call(world, 'POST', '/external_instances', { body: await instanceBody(world, { title: '@i18n@9' }) }),
  }),
  happy(check, 'names what differs', async (world) => {
    const body = await instanceBody(world)
    await data(world, 'POST', '/external_instances', { body })
    const same = {
      instance_id: body.instance_id,
      update_time: body.update_time,
      tasks: [{ task_id: 't1', update_time: '1795000000000' }],
    }
    const asked = { instances: [same, { ...same, instance_id: 'other' }] }
    const answer = await world.sdk.approval.externalInstance.check({ data: asked })
    expect(answer.data).toMatchObject({ diff_instances: [{ instance_id: 'other' }] })
  }),
  refusal(check, 99992402, {
    title: 'a body without instances',
    send: (world) => call(world, 'POST', '/external_instances/check', { body: {} }),
  }),
  happy(tasks, 'lists tasks page by page', async (world) => {
    await data(world, 'POST', '/external_instances', { body: await instanceBody(world) })
    await data(world, 'POST', '/external_instances', { body: await instanceBody(world) })
    const first = await data<{ data: object[]; has_more: boolean; page_token: string }>(
      world,
      'GET',
      '/external_tasks',
      { query: { page_size: 1 } },
    )
    expect(first).toMatchObject({ data: [{ tasks: [{ id: 't1' }] }], has_more: true })
    expect(
      await data(world, 'GET', '/external_tasks', { query: { page_token: first.page_token } }),
    ).toMatchObject({ has_more: false })
  }),
  refusal(tasks, 1390001, {
    title: 'a page that is too large',
    send: (world) => call(world, 'GET', '/external_tasks', { query: { page_size: 501 } }),
  }),
]
