import { describe, expect, it } from 'vitest'
import { startDesk } from './approval-world.ts'

describe('who sees an approval', () => {
  it('the applicant, approvers, people added, copied or mentioned, and nobody else', async () => {
    const desk = await startDesk()
    const one = desk.file(desk.define([desk.node('a', 'OR', ['王岚'])]))
    const sees = async (name: string) => (await desk.web(name, `instances/${one.instance_code}`)).status
    expect(await Promise.all(['林小夏', '王岚', '周宁', '何志远'].map(sees))).toEqual([200, 200, 403, 403])
    await desk.act('王岚', one, 'add-sign', { type: 'beside', to: [desk.id('周宁')] })
    await desk.act('林小夏', one, 'comment', { text: '@陈果 看一下', at: [desk.id('陈果')] })
    await desk.act('王岚', one, 'copy', { to: [desk.id('赵敏')] })
    expect(await Promise.all(['周宁', '陈果', '赵敏', '何志远'].map(sees))).toEqual([200, 200, 200, 403])
    expect((await desk.web('何志远', 'list?tab=todo')).body.items).toEqual([])
    expect((await desk.web('赵敏', 'list?tab=copied')).body.counts).toMatchObject({ copied: 1 })
  })

  it('rights follow the person and the moment', async () => {
    const desk = await startDesk()
    const one = desk.file(desk.define([desk.node('a', 'OR', ['王岚'])]))
    const rights = async (name: string) =>
      (await desk.web(name, `instances/${one.instance_code}`)).body.rights
    expect(await rights('王岚')).toMatchObject({ decide: true, withdraw: false })
    expect(await rights('林小夏')).toMatchObject({ decide: false, withdraw: true, taskId: null })
    await expect(desk.act('林小夏', one, 'approve')).rejects.toThrow('403')
    await desk.act('王岚', one, 'approve')
    await expect(desk.act('王岚', one, 'approve')).rejects.toThrow('403')
    await expect(desk.act('林小夏', one, 'withdraw')).rejects.toThrow('403')
    expect(await rights('王岚')).toMatchObject({ decide: false })
  })

  it('a node can hide widgets from its approvers', async () => {
    const desk = await startDesk()
    const one = desk.file(desk.define([desk.node('a', 'OR', ['王岚'], { readable: [] })]))
    const form = async (name: string) => (await desk.web(name, `instances/${one.instance_code}`)).body.form
    expect(await form('王岚')).toEqual([])
    expect(await form('林小夏')).toHaveLength(1)
  })
})

describe('starting an approval in the client', () => {
  it('insists on required widgets and on people for self-select nodes', async () => {
    const desk = await startDesk()
    const definition = desk.define([desk.node('a', 'OR', [{ type: 'Free' }])])
    const path = `launch/${definition.approval_code}`
    const note = { id: 'note', type: 'textarea', value: '纸' }
    expect((await desk.web('林小夏', path, { form: [] })).body.msg).toContain('说明')
    expect((await desk.web('林小夏', path, { form: [note] })).body.msg).toContain('选择审批人')
    const chosen = { 'node-a': [desk.id('赵敏')] }
    const sent = await desk.web('林小夏', path, { form: [note], chosen, copies: [desk.id('陈果')] })
    const detail = await desk.web('赵敏', `instances/${sent.body.instance_code}`)
    expect(detail.body).toMatchObject({ status: 'PENDING', rights: { decide: true } })
    expect((await desk.web('陈果', 'list?tab=copied')).body.items[0]).toMatchObject({ unread: true })
  })

  it('offers only active definitions, and only to those who may start them', async () => {
    const desk = await startDesk()
    const mine = desk.define([desk.node('a', 'OR', ['王岚'])], {
      name: '仅林小夏',
      viewers: [{ type: 'USER', id: desk.id('林小夏') }],
    })
    const off = desk.define([desk.node('a', 'OR', ['王岚'])], { name: '停用' })
    await desk.web('何志远', `admin/${off.approval_code}/status`, { active: false })
    const names = async (name: string) =>
      (await desk.web(name, 'launch')).body.map((one: { name: string }) => one.name)
    expect(await names('林小夏')).toEqual(['退款审批', '仅林小夏'])
    expect(await names('周宁')).toEqual(['退款审批'])
    expect((await desk.web('周宁', `launch/${mine.approval_code}`)).status).toBe(403)
  })

  it('keeps the console to administrators, and refuses definitions that are not whole', async () => {
    const desk = await startDesk()
    expect((await desk.web('林小夏', 'admin')).status).toBe(403)
    expect((await desk.web('林小夏', 'admin', { name: 'x' })).status).toBe(403)
    const draft = { name: '新', form: [], nodes: [{ name: '审批', approvers: [] }] }
    expect((await desk.web('何志远', 'admin', draft)).body.msg).toContain('审批人')
    const radio = { type: 'radioV2', name: '单选', option: [] }
    const nodes = [{ name: '审批', approvers: [{ type: 'Supervisor', level: 1 }] }]
    expect((await desk.web('何志远', 'admin', { name: '新', form: [radio], nodes })).body.msg).toContain(
      '选项',
    )
    expect((await desk.web('何志远', 'admin', { name: ' ', form: [], nodes })).status).toBe(400)
  })

  it('deleting a definition deletes what still runs, and tells of it', async () => {
    const desk = await startDesk()
    const definition = desk.define([desk.node('a', 'OR', ['王岚'])])
    const one = desk.file(definition)
    desk.told()
    const answer = await fetch(`${desk.world.url}/_web/approval/admin/${definition.approval_code}`, {
      method: 'DELETE',
      headers: { 'x-sandbox-person': desk.id('何志远') },
    })
    expect(answer.status).toBe(200)
    expect(desk.told()).toEqual(['approval_task DONE', 'approval_instance DELETED'])
    expect(one.status).toBe('DELETED')
    expect((await desk.call('GET', `/approvals/${definition.approval_code}`)).code).toBe(1390016)
  })
})
