/** Feishu docs: 多维表格概述 and 记录数据结构. */
export const limits = {
  tables: 100,
  views: 200,
  fields: 300,
  formulas: 100,
  batchWrite: 1_000,
  batchDelete: 500,
  batchGet: 100,
  tablesPerDelete: 50,
  searchPage: 500,
  listPage: 100,
  textChars: 100_000,
  options: 20_000,
  multiSelect: 1_000,
  people: 1_000,
  attachments: 100,
  links: 500,
  groups: 10,
  phoneChars: 64,
  filterChars: 2_000,
  sortChars: 1_000,
  nameChars: 100,
  appNameChars: 255,
  roles: 30,
  roleMembers: 200,
} as const

/** Calls the platform allows per API; Bitable rates cannot be raised. */
export const rates = {
  recordWrite: { perSecond: 50 },
  read: { perSecond: 20 },
  structureWrite: { perSecond: 10 },
  app: { perMinute: 20 },
} as const
