import { describe, expect, it } from 'vitest'
import { makeTable, startBitable } from './bitable-sandbox.ts'

const drive = '/drive/v1'

async function prepare() {
  const sandbox = await startBitable({ frozen: true })
  const made = await makeTable(sandbox, [{ field_name: '单号', type: 1 }])
  const call = async (method: string, path: string, body?: unknown) => {
    await sandbox.kernel.clock.advance(1_000)
    return sandbox.send(method, `${drive}${path}`, body)
  }
  return { sandbox, made, call }
}

describe('folders and files of the app', () => {
  it('hold bases, which are copied, moved, listed and deleted', async () => {
    const { sandbox, made, call } = await prepare()
    const folder = (await call('POST', '/files/create_folder', { name: '归档', folder_token: '' })).data.token
    const root = await call('GET', '/files')
    expect(root.data.files.map((file: { name: string; type: string }) => [file.name, file.type])).toEqual(
      expect.arrayContaining([
        ['归档', 'folder'],
        ['测试', 'bitable'],
      ]),
    )
    const copied = await call('POST', `/files/${made.base}/copy`, {
      name: '副本',
      type: 'bitable',
      folder_token: folder,
    })
    expect(copied.data.file).toMatchObject({ name: '副本', type: 'bitable', parent_token: folder })
    expect(await sandbox.call('GET', `/${copied.data.file.token}`)).toMatchObject({ code: 1254036 })
    expect(
      (await call('POST', `/files/${made.base}/move`, { type: 'bitable', folder_token: folder })).code,
    ).toBe(0)
    const inside = await call('GET', `/files?folder_token=${folder}&page_size=1`)
    expect(inside.data).toMatchObject({ has_more: true, files: [{ type: 'bitable' }] })
    expect((await call('DELETE', `/files/${made.base}?type=bitable`)).code).toBe(0)
    expect(await sandbox.call('GET', `/${made.base}`)).toMatchObject({ code: 1254040 })
    const removed = await call('DELETE', `/files/${folder}?type=folder`)
    await sandbox.kernel.clock.advance(2_000)
    expect((await call('GET', `/files/task_check?task_id=${removed.data.task_id}`)).data).toEqual({
      status: 'success',
    })
    expect((await call('GET', '/files')).data.files).toEqual([])
  })

  it('refuse what does not exist, wrong types and names that are too long', async () => {
    const { made, call } = await prepare()
    expect(await call('POST', '/files/create_folder', { name: '', folder_token: '' })).toMatchObject({
      status: 400,
      code: 1061002,
    })
    expect(await call('POST', '/files/create_folder', { name: 'x', folder_token: 'fldNone' })).toMatchObject({
      status: 404,
      code: 1061003,
    })
    expect(await call('DELETE', `/files/${made.base}?type=docx`)).toMatchObject({ code: 1061002 })
    expect(await call('GET', '/files/task_check?task_id=1')).toMatchObject({ status: 404, code: 1061003 })
    const cycle = (await call('POST', '/files/create_folder', { name: '甲', folder_token: '' })).data.token
    expect(await call('POST', `/files/${cycle}/move`, { type: 'folder', folder_token: cycle })).toMatchObject(
      {
        code: 1061002,
      },
    )
  })

  it('tell their metadata; unknown ones are named in failed_list', async () => {
    const { made, call } = await prepare()
    const asked = [
      { doc_token: made.base, doc_type: 'bitable' },
      { doc_token: 'basNone', doc_type: 'bitable' },
      { doc_token: made.base, doc_type: 'docx' },
    ]
    const { data } = await call('POST', '/metas/batch_query', { request_docs: asked, with_url: true })
    expect(data.metas).toMatchObject([
      { doc_token: made.base, title: '测试', url: expect.stringContaining('/base/') },
    ])
    expect(data.failed_list).toEqual([
      { token: 'basNone', code: 970005 },
      { token: made.base, code: 970002 },
    ])
  })
})

describe('collaborators of a document', () => {
  it('are added, changed, listed and removed', async () => {
    const { sandbox, made, call } = await prepare()
    const path = `/permissions/${made.base}/members`
    const member = { member_type: 'openid', member_id: sandbox.lin.open_id, perm: 'view' }
    expect((await call('POST', `${path}?type=bitable`, member)).data.member).toMatchObject({
      perm: 'view',
      type: 'user',
    })
    const changed = await call('PUT', `${path}/${sandbox.lin.open_id}?type=bitable`, {
      member_type: 'openid',
      perm: 'edit',
    })
    expect(changed.data.member.perm).toBe('edit')
    expect((await call('GET', `${path}?type=bitable`)).data.items).toMatchObject([
      { name: '林小满', perm: 'edit' },
    ])
    expect((await call('GET', `${path}/auth?type=bitable&action=edit`)).data).toEqual({ auth_result: true })
    const gone = await call('DELETE', `${path}/${sandbox.lin.open_id}?type=bitable&member_type=openid`, {})
    expect(gone.code).toBe(0)
    expect((await call('GET', `${path}?type=bitable`)).data.items).toEqual([])
    expect(await call('POST', `${path}?type=docx`, member)).toMatchObject({ status: 400, code: 1063001 })
    expect(await call('POST', '/permissions/basNone/members?type=bitable', member)).toMatchObject({
      status: 404,
      code: 1063005,
    })
  })

  it('a base handed on stays open to the app unless it asks to be taken out', async () => {
    const { sandbox, made, call } = await prepare()
    const owner = { member_type: 'openid', member_id: sandbox.lin.open_id }
    const path = `/permissions/${made.base}/members/transfer_owner?type=bitable`
    expect((await call('POST', `${path}&old_owner_perm=view`, owner)).code).toBe(0)
    expect((await sandbox.call('GET', `/${made.base}`)).code).toBe(0)
    expect(await sandbox.call('PUT', `/${made.base}`, { name: '改' })).toMatchObject({
      status: 403,
      code: 91403,
    })
    expect(await call('POST', path, owner)).toMatchObject({ code: 1063002 })
  })

  it('the link of a document has settings', async () => {
    const { made, call } = await prepare()
    const path = '/permissions/'
    const patched = await call('PATCH', `${path}${made.base}/public?type=bitable`, {
      link_share_entity: 'closed',
    })
    expect(patched.data.permission_public.link_share_entity).toBe('closed')
    const got = await call('GET', `${path}${made.base}/public?type=bitable`)
    expect(got.data.permission_public).toMatchObject({
      link_share_entity: 'closed',
      comment_entity: 'anyone_can_view',
    })
  })
})

describe('subscriptions', () => {
  it('need a document the app manages', async () => {
    const { sandbox, call } = await prepare()
    const made = await sandbox.control('POST', 'bases', { open_id: sandbox.lin.open_id, name: '人的表' })
    const base = made.body.app_token
    const subscribe = () => call('POST', `/files/${base}/subscribe?file_type=bitable`)
    expect(await subscribe()).toMatchObject({ status: 403, code: 1069603 })
    await sandbox.control('POST', `bases/${base}/share`, { perm: 'edit' })
    expect(await subscribe()).toMatchObject({ status: 403, code: 1069603 })
    await sandbox.control('POST', `bases/${base}/share`, { perm: 'full_access' })
    expect((await subscribe()).code).toBe(0)
    expect((await call('GET', `/files/${base}/get_subscribe?file_type=bitable`)).data.is_subscribe).toBe(true)
    expect((await call('DELETE', `/files/${base}/delete_subscribe?file_type=bitable`)).code).toBe(0)
    expect((await call('GET', `/files/${base}/get_subscribe?file_type=bitable`)).data.is_subscribe).toBe(
      false,
    )
    expect(await call('POST', `/files/${base}/subscribe?file_type=docx`)).toMatchObject({ code: 1069602 })
    expect(await call('POST', '/files/basNone/subscribe?file_type=bitable')).toMatchObject({ code: 1069604 })
  })
})
