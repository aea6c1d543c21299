import { z } from 'zod'
import type { Call } from './call.ts'
import { pathPart } from './path-part.ts'
import type { Drive } from './types.ts'

export function createDrive(call: Call): Drive {
  return {
    async addMember(token, type, member, { purpose }) {
      await call({
        api: 'drive.member.create',
        purpose,
        answer: z.unknown(),
        send: (sdk, auth) =>
          sdk.drive.v1.permissionMember.create(
            {
              path: { token: pathPart(token) },
              params: { type, need_notification: false },
              data: { member_type: 'openid', member_id: member.openId, perm: member.perm, type: 'user' },
            },
            auth,
          ),
      })
    },
    async subscribe(token, type, { purpose }) {
      await call({
        api: 'drive.file.subscribe',
        purpose,
        answer: z.unknown(),
        send: (sdk, auth) =>
          sdk.drive.v1.file.subscribe(
            { path: { file_token: pathPart(token) }, params: { file_type: type } },
            auth,
          ),
      })
    },
  }
}
