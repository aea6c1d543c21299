import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'

/** What a person does through `/_web`, and what tests need to know of the base it is about. */
export interface BaseWorld {
  sandbox: Sandbox
  url: string
  person: string
  app: string
  table: string
  fields: Record<string, string>
  views: Record<'kanban' | 'gallery' | 'form', string>
  address(view: string): string
  /** As the person; the parsed answer. */
  web(method: string, path: string, body?: unknown): Promise<Answer>
  values(field: string): Promise<Record<string, unknown>>
}

// biome-ignore lint/suspicious/noExplicitAny: tests read many answer shapes
type Answer = any

export const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFklEQVR4nGNkaPjPgA0wYRUdvBIMAAlUAY6Dq7BVAAAAAElFTkSuQmCC',
  'base64',
)

/** A sandbox with a person's base: records with states, a picture, and a view of each kind. */
export async function startBaseWorld(): Promise<BaseWorld> {
  const sandbox = await buildSandbox({ seed: 7, statePath: null })
  const url = await sandbox.listen(0)
  const { people } = (await (await fetch(`${url}/_web/session`)).json()) as Answer
  const person: string = people[0].open_id
  const web: BaseWorld['web'] = async (method, path, body) => {
    const response = await fetch(`${url}/_web/${path}`, {
      method,
      headers: { 'x-sandbox-person': person, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return response.json()
  }
  const made = await fetch(`${url}/_control/bases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ open_id: person, name: '门店售后' }),
  })
  const app: string = ((await made.json()) as Answer).app_token
  const [{ table_id: table }] = (await web('GET', `base/${app}`)).tables
  const path = `base/${app}/tables/${table}`
  await addFields(web, path)
  const fields = await fieldIds(web, app)
  await addRows(web, { url, path, app, person }, fields)
  const views = {
    kanban: await addView(web, path, '进度', 'kanban'),
    gallery: await addView(web, path, '画册', 'gallery'),
    form: await addView(web, path, '售后登记', 'form'),
  }
  await web('PATCH', `${path}/views/${views.kanban}`, { layout: { stack: fields.状态 } })
  return {
    sandbox,
    url,
    person,
    app,
    table,
    fields,
    views,
    web,
    address: (view) => `${url}/base/${app}?table=${table}&view=${view}`,
    async values(field) {
      const answer = await fetch(`${url}/_control/rows?app_token=${app}`)
      const [shown] = (await answer.json()) as Answer
      return Object.fromEntries(
        shown.rows.map((row: Answer) => [String(row.fields.文本), row.fields[field] ?? null]),
      )
    },
  }
}

async function addFields(web: BaseWorld['web'], path: string): Promise<void> {
  const options = [{ name: '待处理' }, { name: '处理中' }, { name: '已完成' }, { name: hostile }]
  await web('POST', `${path}/fields`, { name: '状态', type: 3, property: { options } })
  await web('POST', `${path}/fields`, { name: '金额', type: 2, property: { formatter: '0.00' } })
  await web('POST', `${path}/fields`, { name: '电话', type: 13 })
  await web('POST', `${path}/fields`, { name: '负责人', type: 11, property: { multiple: true } })
}

async function fieldIds(web: BaseWorld['web'], app: string): Promise<Record<string, string>> {
  const [table] = (await web('GET', `base/${app}`)).tables
  return Object.fromEntries(table.fields.map((field: Answer) => [field.name, field.field_id]))
}

async function addRows(
  web: BaseWorld['web'],
  place: { url: string; path: string; app: string; person: string },
  fields: Record<string, string>,
): Promise<void> {
  const form = new FormData()
  form.set('file', new Blob([pixel]), '收据.png')
  const uploaded = await fetch(`${place.url}/_web/base/${place.app}/attachments`, {
    method: 'POST',
    headers: { 'x-sandbox-person': place.person },
    body: form,
  })
  const { file_token } = (await uploaded.json()) as Answer
  const id = (name: string) => fields[name] ?? ''
  const row = (text: string, state: string | null) => ({
    [id('文本')]: text,
    ...(state && { [id('状态')]: state }),
    [id('附件')]: [{ file_token }],
  })
  const listed = await web('GET', `${place.path}/rows?from=0&count=100`)
  const empty = (listed.rows ?? []).map((one: Answer) => one.record_id)
  if (empty.length > 0) await web('POST', `${place.path}/rows/delete`, { record_ids: empty })
  await web('POST', `${place.path}/rows`, {
    rows: [row('退款一', '待处理'), row('退款二', '待处理'), row('投诉', '处理中'), row(hostile, null)],
  })
}

async function addView(web: BaseWorld['web'], path: string, name: string, type: string): Promise<string> {
  const answer = await web('POST', `${path}/views`, { name, type, view_name: name, view_type: type })
  return answer.view_id
}
