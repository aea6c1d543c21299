import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { findDepartment } from '../contact/departments.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { departmentIdType } from '../contact/wire.ts'
import { appChanged, appSettings } from './app-state.ts'
import { changeConfig } from './config.ts'
import { publishApp } from './publish.ts'

const limit = { perMinute: 100 }
const v7 = '/open-apis/application/v7/applications/:app_id'
const locales = [
  'zh_cn',
  'en_us',
  'ja_jp',
  'zh_hk',
  'zh_tw',
  'id_id',
  'ms_my',
  'de_de',
  'es_es',
  'fr_fr',
  'it_it',
  'pt_br',
  'vi_vn',
  'ru_ru',
  'th_th',
  'ko_kr',
]
const url = { type: 'string', maxLength: 512 }

const baseBody = {
  type: 'object',
  additionalProperties: false,
  properties: {
    i18ns: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: {
        type: 'object',
        required: ['i18n_key'],
        properties: {
          i18n_key: { enum: locales },
          name: { type: 'string', minLength: 1 },
          description: { type: 'string', minLength: 1 },
          help_use: { type: 'string' },
        },
      },
    },
    avatar_url: url,
    homepage_url: url,
  },
}

const abilityBody = {
  type: 'object',
  additionalProperties: false,
  properties: {
    web_app: {
      type: 'object',
      required: ['enable'],
      properties: {
        enable: { type: 'boolean' },
        pc_url: url,
        pc_new_page_open_mode: { enum: ['new_tab', 'browser'] },
        mobile_url: url,
      },
    },
    bot: {
      type: 'object',
      required: ['enable'],
      properties: {
        enable: { type: 'boolean' },
        message_card_callback_url: { type: 'string' },
        i18ns: { type: 'array', minItems: 1, maxItems: 200, items: { type: 'object' } },
      },
    },
  },
}

/** application/v7: what `huiliu connect` and its like configure; and who may use the app (v6). */
export function registerAppWriteApi(kernel: Kernel): void {
  kernel.api({
    method: 'PATCH',
    path: `${v7}/base`,
    limit,
    auth: 'any',
    body: baseBody,
    handle: (call) => {
      checkOwn(kernel, call, { missing: 210002, other: 210006, user: 210007 })
      changeBase(kernel, call)
      return {}
    },
  })
  kernel.api({
    method: 'PATCH',
    path: `${v7}/ability`,
    limit,
    auth: 'any',
    body: abilityBody,
    handle: (call) => {
      checkOwn(kernel, call, { missing: 210012, other: 210016, user: 210017 })
      Object.assign(appSettings(kernel).draft.abilities, call.body)
      appChanged(kernel)
      return {}
    },
  })
  kernel.api({
    method: 'PATCH',
    path: `${v7}/config`,
    limit,
    auth: 'any',
    unverified: ['the codes of a config that is refused'],
    handle: async (call) => {
      checkOwn(kernel, call, { missing: 210012, other: 210016, user: 210017 })
      await changeConfig(kernel, call)
      return {}
    },
  })
  kernel.api({
    method: 'POST',
    path: `${v7}/publish`,
    limit: { perMinute: 20 },
    auth: 'any',
    handle: (call) => {
      checkOwn(kernel, call, { missing: 210036, other: 210036, user: 210036 })
      return publishApp(kernel, call)
    },
  })
  kernel.api({
    method: 'PATCH',
    path: '/open-apis/application/v6/applications/:app_id/visibility',
    limit: { perMinute: 20 },
    handle: (call) => {
      if (call.params.app_id !== kernel.identity().appId) throw new ApiFailure(210506, 'no such app')
      changeVisibility(kernel, call)
      return {}
    },
  })
}

type Codes = { missing: number; other: number; user: number }

/** An app changes only itself; a person must be its administrator. */
function checkOwn(kernel: Kernel, call: ApiCall, codes: Codes): void {
  const asked = call.params.app_id ?? ''
  if (!/^cli_[0-9a-f]{16}$/i.test(asked))
    throw new ApiFailure(codes.missing, 'The specified application does not exist', {
      status: codes.missing === codes.other ? 403 : 404,
    })
  if (asked !== kernel.identity().appId)
    throw new ApiFailure(codes.other, 'Lack of permission to update other app.', { status: 403 })
  const person = call.user === undefined ? undefined : findPerson(kernel, call.user, 'open_id')
  if (person && !person.roles.includes('admin'))
    throw new ApiFailure(codes.user, 'The current user has no permission to modify the app configurations', {
      status: 403,
    })
}

/** Names work once a version is published. */
function changeBase(kernel: Kernel, { body }: ApiCall): void {
  const { draft } = appSettings(kernel)
  const texts = (body.i18ns ?? []) as { i18n_key: string; name?: string; description?: string }[]
  const main = texts.find((one) => one.i18n_key === 'zh_cn') ?? texts[0]
  if (main?.name !== undefined) draft.botName = main.name
  if (main?.description !== undefined) draft.description = main.description
  if (typeof body.homepage_url === 'string') draft.homepage = body.homepage_url
  appChanged(kernel)
}

function changeVisibility(kernel: Kernel, call: ApiCall): void {
  const { visibility } = appSettings(kernel)
  const { is_visible_to_all, add_visible_list, del_visible_list } = call.body as {
    is_visible_to_all?: boolean
    add_visible_list?: IdLists
    del_visible_list?: IdLists
  }
  if (is_visible_to_all !== undefined) visibility.toAll = is_visible_to_all
  const added = idsOf(kernel, call, add_visible_list)
  const removed = idsOf(kernel, call, del_visible_list)
  const without = (all: string[], some: string[]) => all.filter((one) => !some.includes(one))
  visibility.users = [...new Set(without([...visibility.users, ...added.users], removed.users))]
  visibility.departments = [
    ...new Set(without([...visibility.departments, ...added.departments], removed.departments)),
  ]
  appChanged(kernel)
}

interface IdLists {
  user_ids?: string[]
  department_ids?: string[]
}

/** Ids in the call's types as open ids; unknown ones are left out. */
export function idsOf(
  kernel: Kernel,
  call: ApiCall,
  lists: IdLists | undefined,
): { users: string[]; departments: string[] } {
  const userType = idTypeOf(call.query.user_id_type)
  return {
    users: (lists?.user_ids ?? []).flatMap((id) => findPerson(kernel, id, userType)?.open_id ?? []),
    departments: (lists?.department_ids ?? []).flatMap(
      (id) => findDepartment(kernel, id, departmentIdType(call))?.open_department_id ?? [],
    ),
  }
}
