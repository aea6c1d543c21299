import type { ConformanceArea } from '../case.ts'
import { batchCases } from './im/batch-cases.ts'
import { chatCases } from './im/chat-cases.ts'
import { chatSettingCases } from './im/chat-setting-cases.ts'
import { downloadCases } from './im/download-cases.ts'
import { messageActionCases } from './im/message-action-cases.ts'
import { readCases } from './im/read-cases.ts'
import { sendCases } from './im/send-cases.ts'

/** Messages, chats, members and what stands around them. */
export const imCases: ConformanceArea = {
  area: 'im',
  cases: [
    ...sendCases,
    ...readCases,
    ...messageActionCases,
    ...chatCases,
    ...chatSettingCases,
    ...batchCases,
    ...downloadCases,
  ],
}
