import { ApiFailure } from '../../kernel/types.ts'

/** Messages of the platform's im error table; all answered with HTTP 400. Feishu docs: 发送消息, 更新已发送的消息卡片, 群组. */
const texts = {
  230001: 'Your request contains an invalid request parameter.',
  230002: 'The bot can not be outside the group.',
  230006: 'Bot ability is not activated.',
  230009: 'Message can only be recalled within one days.',
  230011: 'The message is recalled.',
  230012: 'Bot is NOT the sender of the message.',
  230013: 'Bot has NO availability to this user.',
  230015: 'P2P chat can NOT be shared.',
  230017: 'Bot is NOT the owner of the resource.',
  230018: 'These operations are NOT allowed at current group settings.',
  230019: 'The topic does NOT exist.',
  230020: 'This operation triggers the frequency limit.',
  230023: 'The user has too many unread urgent messages.',
  230024: 'Reach the upper limit of urgent message.',
  230025: 'The length of the message content reaches its limit.',
  230026: 'No permission to recall this message.',
  230027: 'Lack of necessary permissions.',
  230030: 'The message id is invalid, record not found.',
  230031: 'Message can only be modified within 14 days after sending.',
  230033: 'Get the reading status must be done within 7 days after the message is sent.',
  230034: 'The receive_id is invalid.',
  230045: 'The chat not exist.',
  230054: 'This operation is not supported for this message type.',
  230055: 'The type of file upload does not match the type of message being sent.',
  230061: 'The message type does not support forwarding.',
  230064: 'The message to be forwarded is invalid.',
  230065: 'The message to be forwarded has been recalled.',
  230069: 'Does not support forwarding messages from different groups.',
  230071: 'The operator is not the sender of the message.',
  230072: 'The message has reached the number of times it can be edited.',
  231001: 'reaction type is invalid.',
  231003: 'The message is not found, maybe not exist or deleted.',
  231007: 'The operator has no permission to delete this reaction.',
  231008: 'The operator has no access to the message.',
  231010: 'The reaction does not belong to the message.',
  231012: 'The request has an invalid pageToken.',
  231017: 'This operation is not supported for this message type.',
  232001: 'Your request contains an invalid request parameter.',
  232002: 'No Permission: Only chat owner or admin can edit chat information in the current situation.',
  232004: 'Such an app does NOT exist.',
  232006: 'Your request specifies a chat_id which is invalid.',
  232008: 'Your request specifies a chat whose type is NOT supported currently.',
  232009: 'Your request specifies a chat which has already been dissolved.',
  232011: 'Operator can NOT be out of the chat.',
  232012: 'New chat owner can NOT be out of the chat.',
  232013: 'You have reached the limit of maximum number of members a chat can have.',
  232014: 'The token used in the request does NOT have the permissions necessary to complete the request.',
  232016: 'Non-chat-owner or Non-chat-admin can only edit certain parts.',
  232017:
    'No Permission: If the operator is NOT owner or creator with the scope, the operator can NOT complete the request.',
  232020: 'Name can NOT be less than two characters for public chats.',
  232021: 'Bot can NOT be found.',
  232022: 'User has already resigned.',
  232025: 'Bot ability is not activated.',
  232027: 'There are no valid members in the ID list specified in your request.',
  232035: 'Your request specifies an owner_id which is invalid.',
  232038: 'The operator is not chat owner, no permission to complete the request.',
  232040: 'The chat managers has reached the limit of maximum number.',
  232042: "Public group chat's name should not be empty.",
  232043: 'Your request contains unavailable ids.',
  232046: 'The number of chat tabs has reached the limit.',
  232047: 'The length of the tab name reaches the limit.',
  232048: 'The chat tab content is illegal.',
  232049: 'The chat tab content is illegal.',
  232050: 'Operate chat tab unsupported chat type.',
  232056: "The operator is not the image's owner, no permission to complete the request.",
  232062: 'P2P chat cannot be share link.',
  232064: 'The operator is not a group owner or administrator, no permission to share chat link.',
  232070: 'The number of chat_menu_top_level has reached the limit.',
  232071: 'The number of chat_menu_second_level has reached the limit.',
  232072: "Sort chat_menu_top_level's param is invalid.",
  232075:
    'The public group needs to apply to join, and users or bots are not allowed to actively join the group.',
  232076: "Can't kick chat owner.",
  232078: 'The chat menu is illegal.',
  232090: 'Unsupported chat type.',
  232097: 'Unable to operate docx type chat announcement.',
} as const

export type ImCode = keyof typeof texts

/** The platform's refusal with other words than usual: some codes mean different things at different endpoints. */
export function imFailureText(code: number, text: string): ApiFailure {
  return new ApiFailure(code, text)
}

/** The platform's refusal; `ext` is appended as it does for 230001. */
export function imFailure(code: ImCode, ext?: string): ApiFailure {
  return new ApiFailure(code, ext ? `${texts[code]} ext=${ext}` : texts[code])
}
