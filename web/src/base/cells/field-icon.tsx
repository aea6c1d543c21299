import {
  AtSign,
  Barcode,
  CalendarDays,
  Check,
  CircleDollarSign,
  Clock,
  FileText,
  FunctionSquare,
  Hash,
  History,
  Link2,
  ListChecks,
  ListTree,
  type LucideIcon,
  MapPin,
  MessagesSquare,
  MousePointerClick,
  Paperclip,
  Percent,
  Phone,
  ScanSearch,
  Square,
  SquareArrowOutUpRight,
  SquareCheck,
  Star,
  Type,
  User,
  UserPen,
  UserPlus,
  Workflow,
} from 'lucide-react'
import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { types } from './types.ts'

const byUiType: Record<string, LucideIcon> = {
  Barcode,
  Email: AtSign,
  Currency: CircleDollarSign,
  Progress: Percent,
  Rating: Star,
}

const byType: Record<number, LucideIcon> = {
  [types.text]: Type,
  [types.number]: Hash,
  [types.singleSelect]: Check,
  [types.multiSelect]: ListChecks,
  [types.dateTime]: CalendarDays,
  [types.checkbox]: SquareCheck,
  [types.user]: User,
  [types.phone]: Phone,
  [types.url]: Link2,
  [types.attachment]: Paperclip,
  [types.singleLink]: SquareArrowOutUpRight,
  [types.duplexLink]: ListTree,
  [types.lookup]: ScanSearch,
  [types.formula]: FunctionSquare,
  [types.location]: MapPin,
  [types.groupChat]: MessagesSquare,
  [types.stage]: Workflow,
  [types.createdTime]: Clock,
  [types.modifiedTime]: History,
  [types.createdUser]: UserPlus,
  [types.modifiedUser]: UserPen,
  [types.autoNumber]: FileText,
  [types.button]: MousePointerClick,
}

export function FieldIcon({
  field,
  size = 14,
}: {
  field: Pick<WebField, 'type' | 'ui_type'>
  size?: number
}) {
  const Icon = byUiType[field.ui_type] ?? byType[field.type] ?? Square
  return <Icon size={size} strokeWidth={1.8} aria-hidden style={{ flex: 'none', color: 'var(--text-3)' }} />
}
