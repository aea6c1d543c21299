import { ApiFailure, type Kernel } from '../../kernel/types.ts'

/** What drive needs to know of the documents other parts keep. */
export interface FileDirectory {
  find(token: string): { name: string; owner: string; shared_with_app: boolean } | undefined
  /** Makes a person the owner of a document. */
  hand(token: string, openId: string): void
}

export interface Member {
  member_type: string
  member_id: string
  perm: 'view' | 'edit' | 'full_access'
  type: string
}

export interface DriveState {
  /** documents whose changes the app has subscribed to; the base part reads it before it emits */
  subscriptions: Record<string, boolean>
  members: Record<string, Member[]>
  publicSettings: Record<string, Record<string, unknown>>
}

export function driveState(kernel: Kernel): DriveState {
  return kernel.state<DriveState>('drive', () => ({ subscriptions: {}, members: {}, publicSettings: {} }))
}

/** The document, if it exists and the app may manage it. */
export function requireFile(
  files: FileDirectory,
  token: string,
  codes: { missing: number; forbidden: number },
) {
  const file = files.find(token)
  if (!file)
    throw new ApiFailure(codes.missing, 'document not found', {
      status: codes.missing === 1063005 ? 404 : 400,
    })
  if (!file.shared_with_app) throw new ApiFailure(codes.forbidden, 'forbidden', { status: 403 })
  return file
}
