import {
  BookOpen,
  CheckSquare,
  FlaskConical,
  LayoutGrid,
  type LucideIcon,
  MessageCircle,
  Sparkles,
  Stamp,
  Store,
  Table2,
} from 'lucide-react'
import { type ComponentType, lazy } from 'react'

/** A part of the client: its place in the rail, the addresses it answers, and its component, loaded when opened. */
export interface Area {
  id: string
  zh: string
  en: string
  icon: LucideIcon
  /** First address; the area answers everything below `roots`. */
  home: string
  roots: readonly string[]
  /** Kept out of the rail: opened by links only. */
  hidden?: true
  /** Shown without rail and header, as a page of its own. */
  bare?: true
  page: ComponentType
}

export const areas: readonly Area[] = [
  {
    id: 'story',
    zh: '导览',
    en: 'Tour',
    icon: Sparkles,
    home: '/',
    roots: ['/'],
    page: lazy(() => import('./story/page.tsx')),
  },
  {
    id: 'messenger',
    zh: '消息',
    en: 'Messenger',
    icon: MessageCircle,
    home: '/messenger',
    roots: ['/messenger'],
    page: lazy(() => import('./messenger/page.tsx')),
  },
  {
    id: 'base',
    zh: '多维表格',
    en: 'Base',
    icon: Table2,
    home: '/base',
    roots: ['/base', '/record'],
    page: lazy(() => import('./base/page.tsx')),
  },
  {
    id: 'form',
    zh: '表单',
    en: 'Form',
    icon: Table2,
    home: '/share/base/form',
    roots: ['/share/base/form'],
    hidden: true,
    bare: true,
    page: lazy(() => import('./base/form/shared-page.tsx')),
  },
  {
    id: 'approval',
    zh: '审批',
    en: 'Approval',
    icon: Stamp,
    home: '/approval',
    roots: ['/approval'],
    page: lazy(() => import('./approval/page.tsx')),
  },
  {
    id: 'docs',
    zh: '云文档',
    en: 'Docs',
    icon: BookOpen,
    home: '/docs',
    roots: ['/docs', '/docx', '/wiki'],
    page: lazy(() => import('./docs/page.tsx')),
  },
  {
    id: 'tasks',
    zh: '任务',
    en: 'Tasks',
    icon: CheckSquare,
    home: '/tasks',
    roots: ['/tasks'],
    page: lazy(() => import('./tasks/page.tsx')),
  },
  {
    id: 'shops',
    zh: '店铺后台',
    en: 'Shops & ERP',
    icon: Store,
    home: '/shops',
    roots: ['/shops', '/erp'],
    page: lazy(() => import('./shops/page.tsx')),
  },
  {
    id: 'workbench',
    zh: '工作台',
    en: 'Workbench',
    icon: FlaskConical,
    home: '/workbench',
    roots: ['/workbench'],
    page: lazy(() => import('./workbench/page.tsx')),
  },
  {
    id: 'gallery',
    zh: '卡片陈列',
    en: 'Card gallery',
    icon: LayoutGrid,
    home: '/gallery',
    roots: ['/gallery'],
    hidden: true,
    page: lazy(() => import('./gallery/page.tsx')),
  },
  {
    id: 'login',
    zh: '登录',
    en: 'Sign in',
    icon: Sparkles,
    home: '/login',
    roots: ['/login', '/device'],
    hidden: true,
    bare: true,
    page: lazy(() => import('./login/page.tsx')),
  },
]

/** The area that answers an address: the one with the longest root it starts with. */
export function areaOf(path: string): Area | undefined {
  const roots = areas.flatMap((area) => area.roots.map((root) => ({ area, root })))
  return roots
    .filter(({ root }) => path === root || (root !== '/' && path.startsWith(`${root}/`)))
    .toSorted((a, b) => b.root.length - a.root.length)[0]?.area
}
