/** Field types by number. Feishu docs: 字段编辑指南. */
export const fieldType = {
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

interface TypeFacts {
  /** The first is the default. */
  uiTypes: readonly string[]
  primary?: true
  /** Cells are computed or only changed in the client: writing one is refused. */
  readOnly?: true
  /** Fields of this type cannot be made through the API. */
  noCreate?: true
  /** Any `property` but null is refused. */
  noProperty?: true
  propertyError?: number
}

const facts: Record<number, TypeFacts> = {
  1: { uiTypes: ['Text', 'Barcode', 'Email'], primary: true, propertyError: 1254080 },
  2: { uiTypes: ['Number', 'Progress', 'Currency', 'Rating'], primary: true, propertyError: 1254081 },
  3: { uiTypes: ['SingleSelect'], propertyError: 1254082 },
  4: { uiTypes: ['MultiSelect'], propertyError: 1254083 },
  5: { uiTypes: ['DateTime'], primary: true, propertyError: 1254084 },
  7: { uiTypes: ['Checkbox'], noProperty: true, propertyError: 1254085 },
  11: { uiTypes: ['User'], propertyError: 1254086 },
  13: { uiTypes: ['Phone'], primary: true, noProperty: true },
  15: { uiTypes: ['Url'], primary: true, noProperty: true, propertyError: 1254087 },
  17: { uiTypes: ['Attachment'], noProperty: true, propertyError: 1254088 },
  18: { uiTypes: ['SingleLink'], propertyError: 1254089 },
  19: { uiTypes: ['Lookup'], readOnly: true, noCreate: true, noProperty: true, propertyError: 1254090 },
  20: { uiTypes: ['Formula'], primary: true, readOnly: true, propertyError: 1254091 },
  21: { uiTypes: ['DuplexLink'], propertyError: 1254092 },
  22: { uiTypes: ['Location'], primary: true },
  23: { uiTypes: ['GroupChat'] },
  24: { uiTypes: ['Stage'], readOnly: true, noCreate: true },
  1001: { uiTypes: ['CreatedTime'], readOnly: true, propertyError: 1254093 },
  1002: { uiTypes: ['ModifiedTime'], readOnly: true, propertyError: 1254094 },
  1003: { uiTypes: ['CreatedUser'], readOnly: true, noProperty: true, propertyError: 1254095 },
  1004: { uiTypes: ['ModifiedUser'], readOnly: true, noProperty: true, propertyError: 1254096 },
  1005: { uiTypes: ['AutoNumber'], readOnly: true },
  3001: { uiTypes: ['Button'], readOnly: true, noCreate: true },
}

/** undefined: the platform has no such type. */
export function factsOf(type: number): TypeFacts | undefined {
  return facts[type]
}

export function isReadOnly(type: number): boolean {
  return facts[type]?.readOnly === true
}

export function isSelect(type: number): boolean {
  return type === fieldType.singleSelect || type === fieldType.multiSelect
}

export function isLink(type: number): boolean {
  return type === fieldType.singleLink || type === fieldType.duplexLink
}

export function isDate(type: number): boolean {
  return type === fieldType.dateTime || type === fieldType.createdTime || type === fieldType.modifiedTime
}

/** Code for a bad `property`; types without one of their own answer the general 1254001. */
export function propertyErrorOf(type: number): number {
  return facts[type]?.propertyError ?? 1254001
}
