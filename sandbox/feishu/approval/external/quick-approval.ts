/** A person decides another system's task in the approval centre: that system is called back. Feishu docs: 三方快捷审批回调. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { ApiFailure, type ControlCall, type Kernel } from '../../../kernel/types.ts'
import { idsOf, requireEmployee } from '../people.ts'
import { requireExternal } from './external-definitions.ts'
import { externalState } from './external-state.ts'

const answerMs = 10_000

/** `POST /_control/approvals/external/:instance_id/:task_id` `{action_type, open_id, reason?}` */
export function registerQuickApproval(kernel: Kernel): void {
  kernel.control('POST', 'approvals/external/:instance_id/:task_id', {
    about: {
      zh: '在审批中心快捷处理三方审批任务（回调三方系统）',
      en: 'Decides a third-party task in the approval centre (calls that system back)',
      fields: {
        action_type: 'APPROVE, REJECT or the key of an action',
        open_id: 'who',
        reason: 'what they say',
      },
    },
    handle: (call) => act(kernel, call),
  })
}

async function act(kernel: Kernel, { params, body }: ControlCall): Promise<object> {
  const instance = externalState(kernel).instances.find((one) => one.instance_id === params.instance_id)
  const task = instance?.tasks.find((one) => one.task_id === params.task_id)
  if (!instance || !task) throw new ApiFailure(404, 'no such external task', { status: 404 })
  const person = requireEmployee(kernel, body.open_id, 'open_id')
  const { external } = requireExternal(kernel, instance.approval_code).given as {
    external: Record<string, unknown>
  }
  if (!URL.canParse(String(external.action_callback_url)))
    throw new ApiFailure(400, 'the definition has no action_callback_url')
  const payload = {
    action_type: String(body.action_type ?? 'APPROVE'),
    action_context: String(task.action_context ?? ''),
    user_id: idsOf(kernel, person.open_id).user_id,
    approval_code: instance.approval_code,
    instance_id: instance.instance_id,
    task_id: String(task.task_id),
    id: `${instance.instance_id}:${String(task.task_id)}`,
    reason: String(body.reason ?? ''),
    attachments: [],
    token: String(external.action_callback_token ?? ''),
  }
  const key = String(external.action_callback_key ?? '')
  const sent = JSON.stringify(key ? { encrypt: encrypted(JSON.stringify(payload), key) } : payload)
  const response = await fetch(String(external.action_callback_url), {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: sent,
    signal: AbortSignal.timeout(answerMs),
  }).catch((error: Error) => {
    throw new ApiFailure(502, `the callback failed: ${error.message}`, { status: 502 })
  })
  if (response.status > 400)
    throw new ApiFailure(502, `the callback answered ${response.status}`, { status: 502 })
  return { status: response.status }
}

/** AES-256-CBC, key = sha256 of the callback key, IV in front, base64. */
function encrypted(text: string, key: string): string {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}
