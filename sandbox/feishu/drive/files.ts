import { ApiFailure, type Kernel } from '../../kernel/types.ts'

/** A document as drive sees it, whichever part keeps it. */
export interface DriveFile {
  name: string
  /** 'app' or an open_id */
  owner: string
  shared_with_app: boolean
  /** What the app may do where it is let in; absent: manage. */
  app_perm?: 'view' | 'edit' | 'full_access'
  /** Default: bitable */
  type?: string
  folder_token?: string
  is_advanced?: boolean
  /** ms */
  created_time?: number
  /** ms */
  modified_time?: number
}

/** What drive needs to know of the documents other parts keep. */
export interface FileDirectory {
  find(token: string): DriveFile | undefined
  /** Makes a person the owner of a document. */
  hand(token: string, openId: string): void
  /** Documents for file lists, with their tokens. */
  list?(): (DriveFile & { token: string })[]
  copy?(token: string, wanted: { name: string; folder_token: string }): string
  move?(token: string, folderToken: string): void
  remove?(token: string): void
}

export interface Member {
  member_type: string
  member_id: string
  perm: 'view' | 'edit' | 'full_access'
  type: string
}

export interface Folder {
  token: string
  name: string
  /** '' for the root folder */
  parent: string
  owner: string
  /** ms */
  created_time: number
}

export interface DriveState {
  /** documents whose changes the app has subscribed to; the base part reads it before it emits */
  subscriptions: Record<string, boolean>
  members: Record<string, Member[]>
  publicSettings: Record<string, Record<string, unknown>>
  folders?: Record<string, Folder>
  /** Finished or running moves and deletions of folders: when they end, ms. */
  tasks?: Record<string, number>
}

export function driveState(kernel: Kernel): DriveState {
  return kernel.state<DriveState>('drive', () => ({ subscriptions: {}, members: {}, publicSettings: {} }))
}

/** The document, if it exists and the app may manage it (or only open it, with `reading`). */
export function requireFile(
  files: FileDirectory,
  token: string,
  codes: { missing: number; forbidden: number; reading?: boolean },
) {
  const file = files.find(token)
  if (!file)
    throw new ApiFailure(
      codes.missing,
      codes.missing === 1063005 ? 'Resource is deleted' : 'document not found',
      { status: codes.missing === 1063005 ? 404 : 400 },
    )
  const managed = file.app_perm === undefined || file.app_perm === 'full_access' || codes.reading
  if (!file.shared_with_app || !managed)
    throw new ApiFailure(codes.forbidden, codes.forbidden === 1063002 ? 'Permission denied' : 'forbidden', {
      status: 403,
    })
  return file
}

/** `type` / `file_type` must be the document's own. */
export function isType(file: DriveFile, given: unknown): boolean {
  return given === undefined || given === (file.type ?? 'bitable')
}
