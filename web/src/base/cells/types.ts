/** Field types by number, as the open API counts them. */
export const types = {
  text: 1,
  number: 2,
  singleSelect: 3,
  multiSelect: 4,
  dateTime: 5,
  checkbox: 7,
  user: 11,
  phone: 13,
  url: 15,
  attachment: 17,
  singleLink: 18,
  lookup: 19,
  formula: 20,
  duplexLink: 21,
  location: 22,
  groupChat: 23,
  stage: 24,
  createdTime: 1001,
  modifiedTime: 1002,
  createdUser: 1003,
  modifiedUser: 1004,
  autoNumber: 1005,
  button: 3001,
} as const

export function isSelect(type: number): boolean {
  return type === types.singleSelect || type === types.multiSelect
}

export function isLink(type: number): boolean {
  return type === types.singleLink || type === types.duplexLink
}

export function isDate(type: number): boolean {
  return type === types.dateTime || type === types.createdTime || type === types.modifiedTime
}

/** Whether rows can be put in the order of a field; computed cells have none the platform sorts by. */
export function isOrderable(type: number): boolean {
  const unordered: readonly number[] = [types.formula, types.lookup, types.stage, types.button]
  return !unordered.includes(type)
}

export function isPeople(type: number): boolean {
  return type === types.user || type === types.createdUser || type === types.modifiedUser
}
