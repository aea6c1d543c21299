import { z } from 'zod'
import { instanceAnswer } from './approval-instance.ts'
import { readWidgets } from './approval-widgets.ts'
import type { Call } from './call.ts'
import { pathPart } from './path-part.ts'
import { type Approvals, FeishuError } from './types.ts'

const definition = z
  .object({ approval_name: z.string(), status: z.string(), form: z.string() })
  .transform((data) => ({ name: data.approval_name, status: data.status, widgets: readWidgets(data.form) }))

const created = z.object({ instance_code: z.string() }).transform((data) => data.instance_code)

const alreadySubscribed = 1390007
const noSuchInstance = 1390003

/** The call's result, or undefined when it failed with this code. */
async function unless<T>(code: number, result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    if (error instanceof FeishuError && error.feishuCode === code) return undefined
    throw error
  }
}

const titleKey = '@i18n@title'

/** A title is the key of a text, never the text itself. Feishu docs: 创建审批实例. */
function titled(title: string) {
  return {
    title: titleKey,
    // Ours names the approval already: alone, not after the definition's name.
    title_display_method: 1,
    i18n_resources: [
      { locale: 'zh-CN' as const, is_default: true, texts: [{ key: titleKey, value: title }] },
    ],
  }
}

export function createApprovals(call: Call): Approvals {
  return {
    definition: (approvalCode, { purpose }) =>
      call({
        api: 'approval.definition.get',
        purpose,
        answer: definition,
        send: (sdk, auth) =>
          sdk.approval.v4.approval.get(
            {
              path: { approval_code: pathPart(approvalCode) },
              params: { locale: 'zh-CN', user_id_type: 'open_id' },
            },
            auth,
          ),
      }),
    async subscribe(approvalCode, { purpose }) {
      const subscribed = call({
        api: 'approval.definition.subscribe',
        purpose,
        answer: z.unknown(),
        send: (sdk, auth) =>
          sdk.approval.v4.approval.subscribe({ path: { approval_code: pathPart(approvalCode) } }, auth),
      })
      await unless(alreadySubscribed, subscribed)
    },
    create: (instance, { purpose }) =>
      call({
        api: 'approval.instance.create',
        purpose,
        answer: created,
        send: (sdk, auth) =>
          sdk.approval.v4.instance.create(
            {
              data: {
                approval_code: instance.approvalCode,
                open_id: instance.openId,
                form: instance.form,
                uuid: instance.uuid,
                ...(instance.title === undefined ? {} : titled(instance.title)),
              },
            },
            auth,
          ),
      }),
    get: (codeOrUuid, { purpose }) =>
      unless(
        noSuchInstance,
        call({
          api: 'approval.instance.get',
          purpose,
          answer: instanceAnswer,
          send: (sdk, auth) =>
            sdk.approval.v4.instance.get(
              { path: { instance_id: pathPart(codeOrUuid) }, params: { user_id_type: 'open_id' } },
              auth,
            ),
        }),
      ),
    async cancel(approvalCode, instanceCode, applicant, { purpose }) {
      await call({
        api: 'approval.instance.cancel',
        purpose,
        answer: z.unknown(),
        send: (sdk, auth) =>
          sdk.approval.v4.instance.cancel(
            {
              params: { user_id_type: 'open_id' },
              data: { approval_code: approvalCode, instance_code: instanceCode, user_id: applicant.openId },
            },
            auth,
          ),
      })
    },
  }
}
