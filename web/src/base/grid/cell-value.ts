import type { WebCell, WebField, WebFile, WebPlace, WebRef } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { isLink, isSelect, types } from '../cells/types.ts'

/** A shown cell as the open API would write it; null: empty. */
export function apiValue(field: WebField, cell: WebCell | null | undefined): unknown {
  if (cell === undefined || cell === null) return null
  if (isSelect(field.type)) {
    const nameOf = (id: unknown) => field.property?.options?.find((option) => option.id === id)?.name
    if (!Array.isArray(cell)) return nameOf(cell) ?? null
    return cell.map(nameOf).filter((name) => name !== undefined)
  }
  if (field.type === types.attachment) return (cell as WebFile[]).map(({ file_token }) => ({ file_token }))
  if (isLink(field.type)) return (cell as WebRef[]).map(({ id }) => id)
  if (Array.isArray(cell)) return (cell as WebRef[]).map(({ id }) => ({ id }))
  if (field.type === types.location) return (cell as WebPlace).location
  return cell
}
