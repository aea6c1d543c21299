import type { RunningSandbox } from './own-process.ts'

const tables = 5
const rowsPerCall = 500
const card = JSON.stringify({
  schema: '2.0',
  header: { title: { tag: 'plain_text', content: '新订单 海岛五日游双人套餐' }, template: 'blue' },
  body: {
    elements: [
      { tag: 'markdown', content: '**金额** ¥2,680.00\n**买家** 林**\n**出行** 2026-12-24，2 位成人' },
      {
        tag: 'button',
        text: { tag: 'plain_text', content: '认领' },
        behaviors: [{ type: 'callback', value: { action: 'claim', order: '6917529027641081856' } }],
      },
    ],
  },
})

/** Rows as an order table has them, in tables of an equal share each. */
export async function fillRows(sandbox: RunningSandbox, count: number): Promise<void> {
  const { app } = await sandbox.api<{ app: { app_token: string } }>('POST', '/bitable/v1/apps', {
    name: '订单库',
  })
  const base = `/bitable/v1/apps/${app.app_token}/tables`
  for (let table = 0; table < tables; table += 1) {
    const { table_id } = await sandbox.api<{ table_id: string }>('POST', base, { table: tableOf(table) })
    for (let done = 0; done < count / tables; done += rowsPerCall) {
      const records = Array.from({ length: rowsPerCall }, (_, index) => ({
        fields: rowOf(table, done + index),
      }))
      await sandbox.api('POST', `${base}/${table_id}/records/batch_create`, { records })
      await sandbox.control('clock', { advanceMs: 100 })
    }
  }
}

function tableOf(index: number) {
  const options = ['待付款', '已付款', '已核销', '已退款'].map((name) => ({ name }))
  return {
    name: `订单 ${index + 1}`,
    fields: [
      { field_name: '订单号', type: 1 },
      { field_name: '金额', type: 2 },
      { field_name: '状态', type: 3, property: { options } },
      { field_name: '下单时间', type: 5 },
      { field_name: '商品', type: 1 },
      { field_name: '备注', type: 1 },
    ],
  }
}

function rowOf(table: number, index: number) {
  return {
    订单号: `69175290${table}${String(index).padStart(10, '0')}`,
    金额: 199 + (index % 500) / 10,
    状态: '已付款',
    下单时间: 1_790_000_000_000 + index * 1_000,
    商品: '海岛五日游双人套餐券（含接送机）',
    备注: `客户要求靠海房间，联系人 ${index}`,
  }
}

/** Half texts, half cards, over all chats, as fast as the platform allows on a clock that is moved. */
export async function fillMessages(sandbox: RunningSandbox, count: number): Promise<void> {
  const { chats } = await sandbox.control<{ chats: { chat_id: string }[] }>('state')
  for (let sent = 0; sent < count; ) {
    await Promise.all(
      chats.map(async ({ chat_id }) => {
        for (let burst = 0; burst < 5; burst += 1) {
          await sandbox.api('POST', '/im/v1/messages?receive_id_type=chat_id', {
            receive_id: chat_id,
            ...(burst % 2 === 0
              ? { msg_type: 'interactive', content: card }
              : {
                  msg_type: 'text',
                  content: JSON.stringify({ text: `第 ${sent + burst} 条：今天的订单都处理好了` }),
                }),
          })
        }
      }),
    )
    sent += 5 * chats.length
    // 5 per second into a chat, 1,000 per minute in all.
    await sandbox.control('clock', { advanceMs: 3_000 })
  }
}
