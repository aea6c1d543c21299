import { describe, expect, it } from 'vitest'
import { addUser } from '../../sandbox/feishu/contact/index.ts'
import { driveState } from '../../sandbox/feishu/drive/files.ts'
import { makeTable, receiveEvents, startBitable, subscribe } from './bitable-sandbox.ts'

async function prepare() {
  const sandbox = await startBitable({ frozen: true })
  const made = await makeTable(sandbox, [
    { field_name: '问题', type: 1 },
    { field_name: '档', type: 3, property: { options: [{ name: '急' }] } },
    { field_name: '凭证', type: 17 },
  ])
  const view = await sandbox.call('POST', `${made.path}/views`, { view_name: '登记', view_type: 'form' })
  const form: string = view.data.view.view_id
  const web = async (method: string, path: string, options: { person?: string; body?: unknown } = {}) => {
    const { person = sandbox.lin.open_id, body } = options
    const isForm = body instanceof FormData
    const response = await fetch(`${sandbox.url}/_web/${path}`, {
      method,
      headers: {
        'x-sandbox-person': person,
        ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    })
    return { status: response.status, body: JSON.parse(await response.text()) }
  }
  const inBase = `base/${made.base}/tables/${made.table}/forms/${form}`
  const id = (name: string) => made.fieldIds[name] ?? ''
  return { sandbox, made, form, web, inBase, id }
}

describe('forms filled in by people', () => {
  it('add a record whose change event names the person', async () => {
    const { sandbox, made, web, inBase, id } = await prepare()
    const events = await receiveEvents(sandbox.kernel)
    await subscribe(sandbox, made.base)
    const sent = await web('POST', `${inBase}/submit`, {
      body: { cells: { [id('问题')]: '漏发', [id('档')]: '急' } },
    })
    expect(sent.status).toBe(200)
    const [event] = await events.next(1)
    expect(event?.event).toMatchObject({
      operator_id: { open_id: sandbox.lin.open_id },
      action_list: [{ action: 'record_added', record_id: sent.body.record_id }],
    })
  })

  it('take a guest only when anybody may, and once when once is the limit', async () => {
    const { sandbox, made, form, web, inBase, id } = await prepare()
    const guest = `form/${form}/submit?guest=browser-1`
    const body = { cells: { [id('问题')]: '匿名的' } }
    expect((await web('POST', guest, { body })).status).toBe(400)
    await web('PATCH', inBase, { body: { shared: true, shared_limit: 'tenant_editable' } })
    expect((await web('GET', `form/${form}?guest=browser-1`)).body).toMatchObject({
      state: 'login',
      questions: [],
    })
    await web('PATCH', inBase, { body: { shared_limit: 'anyone_editable', submit_limit_once: true } })
    expect((await web('POST', guest, { body })).status).toBe(200)
    expect((await web('POST', guest, { body })).body.code).toBe(1254302)
    expect((await web('POST', `form/${form}/submit?guest=browser-2`, { body })).status).toBe(200)
    const { data } = await sandbox.call('POST', `${made.path}/records/search`, { automatic_fields: true })
    expect(data.items[0].created_by).toMatchObject({ id: '', name: '匿名用户' })
  })

  it('refuse missing answers, hidden questions and options nobody offered', async () => {
    const { made, sandbox, web, inBase, id } = await prepare()
    await web('PATCH', `${inBase}/questions/${id('问题')}`, { body: { required: true } })
    await web('PATCH', `${inBase}/questions/${id('档')}`, { body: { visible: false } })
    expect((await web('POST', `${inBase}/submit`, { body: { cells: {} } })).body.code).toBe(1254007)
    const sneaked = { cells: { [id('问题')]: '甲', [id('档')]: '急' } }
    expect((await web('POST', `${inBase}/submit`, { body: sneaked })).status).toBe(200)
    const { data } = await sandbox.call('POST', `${made.path}/records/search`, {})
    expect(data.items[0].fields).not.toHaveProperty('档')
    await web('PATCH', `${inBase}/questions/${id('档')}`, { body: { visible: true } })
    const made2 = { cells: { [id('问题')]: '乙', [id('档')]: '新选项' } }
    expect((await web('POST', `${inBase}/submit`, { body: made2 })).body.code).toBe(1254062)
  })

  it('for the invited only take who may edit the base', async () => {
    const { sandbox, made, form, web, inBase, id } = await prepare()
    await web('PATCH', inBase, { body: { shared: true, shared_limit: 'off' } })
    driveState(sandbox.kernel).publicSettings[made.base] = { link_share_entity: 'closed' }
    expect((await web('GET', `form/${form}`)).body.state).toBe('uninvited')
    const body = { cells: { [id('问题')]: '外人' } }
    expect((await web('POST', `form/${form}/submit`, { body })).body.code).toBe(1254302)
    expect((await web('GET', inBase)).status).toBe(403)
  })
})

describe('files that people add', () => {
  it('are seen by who sees a record with them, and by nobody else', async () => {
    const { sandbox, made, web, inBase, id } = await prepare()
    const file = new FormData()
    file.set('file', new Blob(['<script>alert(1)</script>']), '../坏.html')
    const uploaded = await web('POST', `base/${made.base}/attachments`, { body: file })
    expect(uploaded.body).toMatchObject({ name: '坏.html', type: 'application/octet-stream' })
    const { file_token } = uploaded.body
    const cells = { [id('问题')]: '附件', [id('凭证')]: [{ file_token }] }
    expect((await web('POST', `${inBase}/submit`, { body: { cells } })).status).toBe(200)
    const address = `${sandbox.url}/_web/base/${made.base}/attachments/${file_token}`
    const open = (person: string) => fetch(`${address}?person=${person}`)
    const shown = await open(sandbox.lin.open_id)
    expect(shown.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(shown.headers.get('content-security-policy')).toContain('sandbox')
    expect((await open('ou_nobody')).status).toBe(401)
    driveState(sandbox.kernel).publicSettings[made.base] = { link_share_entity: 'closed' }
    const other = addUser(sandbox.kernel, { name: '外人' })
    expect((await open(other.open_id)).status).toBe(404)
    expect(
      (
        await fetch(
          `${sandbox.url}/_web/base/basNone/attachments/${file_token}?person=${sandbox.lin.open_id}`,
        )
      ).status,
    ).toBe(404)
  })
})
