import { ApiFailure } from '../../kernel/types.ts'

/** Messages of the platform's im error table; all answered with HTTP 400. Feishu docs: 发送消息, 更新已发送的消息卡片, 群组. */
const texts = {
  230001: 'Your request contains an invalid request parameter.',
  230002: 'The bot can not be outside the group.',
  230011: 'The message is recalled.',
  230012: 'Bot is NOT the sender of the message.',
  230013: 'Bot has NO availability to this user.',
  230020: 'This operation triggers the frequency limit.',
  230025: 'The length of the message content reaches its limit.',
  230026: 'No permission to recall this message.',
  230031: 'Message can only be modified within 14 days after sending.',
  230033: 'Get the reading status must be done within 7 days after the message is sent.',
  230034: 'The receive_id is invalid.',
  230054: 'This operation is not supported for this message type.',
  230071: 'The operator is not the sender of the message.',
  230072: 'The message has reached the number of times it can be edited.',
  232001: 'Your request contains an invalid request parameter.',
  232006: 'Your request specifies a chat_id which is invalid.',
  232009: 'Your request specifies a chat which has already been dissolved.',
  232011: 'Operator can NOT be out of the chat.',
  232020: 'Name can NOT be less than two characters for public chats.',
  232043: 'Your request contains unavailable ids.',
} as const

/** The platform's refusal; `ext` is appended as it does for 230001. */
export function imFailure(code: keyof typeof texts, ext?: string): ApiFailure {
  return new ApiFailure(code, ext ? `${texts[code]} ext=${ext}` : texts[code])
}
