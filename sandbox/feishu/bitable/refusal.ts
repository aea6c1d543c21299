import { ApiFailure } from '../../kernel/types.ts'

/** A refusal of the base; which HTTP status goes with it depends on the API that answers. */
export class Refusal extends Error {
  readonly code: number
  constructor(code: number, detail: string) {
    super(detail)
    this.code = code
  }
}

/** Throws the refusal `code`; `detail` names what was wrong and where. */
export function refuse(code: number, detail: string): never {
  throw new Refusal(code, detail)
}

export type Family = keyof typeof families

interface Statuses {
  usual: number
  others: Partial<Record<400 | 403 | 404 | 429 | 500 | 504, readonly number[]>>
}

const notFound = [1254040, 1254041, 1254042, 1254043, 1254044, 1254045, 1254047, 1254049, 1254050]
const denied = [91403, 1254302, 1254304, 1254306, 1254608]
const internal = [1255001, 1255002, 1255003, 1255004, 1255005]
const conversions = [1254060, 1254061, 1254062, 1254063, 1254064, 1254065, 1254066, 1254067, 1254068, 1254069]
const properties = Array.from({ length: 17 }, (_, i) => 1254080 + i)

/** HTTP status per API family and code, as the error table of each API's page lists it. Feishu docs: 多维表格. */
const families = {
  app: {
    usual: 200,
    others: {
      400: [1254031, 1254036, 1254301, 1254800],
      403: [...denied, 1254701],
      404: [1254702],
      504: [1255040],
    },
  },
  copy: {
    usual: 400,
    others: { 403: [...denied, 1254701], 404: [1254040, 1254702], 500: internal, 504: [1255040] },
  },
  tables: {
    usual: 200,
    others: { 400: [1254011, 1254013, 1254036, 1254607], 403: [...denied, 1254034], 504: [1255040] },
  },
  tableCreate: {
    usual: 200,
    others: { 400: [1254012, 1254014, 1254021, 1254022, 1254029, 1254607], 403: denied },
  },
  tablePatch: {
    usual: 400,
    others: { 403: [...denied, 1254036], 404: [1254040, 1254041], 429: [1254290], 500: [1255001] },
  },
  fields: {
    usual: 200,
    others: {
      400: [1254028, 1254029, 1254036, 1254037, ...properties, 1255006, 1254607],
      403: denied,
      504: [1255040],
    },
  },
  workflows: {
    usual: 400,
    others: { 403: denied, 404: [1254040, 1254041], 500: [1254200, ...internal], 504: [1255040] },
  },
  blockWorkflows: { usual: 400, others: { 403: [...denied, 1254027], 500: internal, 504: [1255040] } },
  fieldGroups: {
    usual: 400,
    others: {
      403: denied,
      404: [1254040, 1254041, 1254044],
      500: [1254002, 1254200, 1254607, ...internal],
      504: [1255040],
    },
  },
  formUpgrade: {
    usual: 400,
    others: {
      403: denied,
      404: [1254040, 1254041, 1254042],
      500: [1254002, 1254607, ...internal],
      504: [1255040],
    },
  },
  roles: {
    usual: 200,
    others: {
      400: [1254032, 1254033, 1254036, 1254048, 1254110, 1254111, 1254200, 1254301],
      403: denied,
      404: [1254047],
      504: [1255040],
    },
  },
  roleMembersBatch: {
    usual: 400,
    others: { 403: denied, 404: [1254040, 1254047], 429: [1254290], 504: [1255040] },
  },
  views: { usual: 200, others: { 400: [1254036, 1254607], 403: denied, 504: [1255040] } },
  view: { usual: 400, others: { 403: denied, 404: notFound, 429: [1254290], 500: internal, 504: [1255040] } },
  records: {
    usual: 200,
    others: {
      400: [1254015, 1254036, 1254037, 1254074, 1255006, 1254607],
      403: [...denied, 1254027],
      504: [1255040],
    },
  },
  search: { usual: 200, others: { 400: [1254011, 1254036, 1254607], 403: [91403], 504: [1255040] } },
  batchGet: {
    usual: 400,
    others: {
      403: [91403],
      404: [1254040, 1254041, 1254042, 1254043, 1254044, 1254045],
      500: [1254002, ...conversions, ...internal, 1254607],
      504: [1255040],
    },
  },
} satisfies Record<string, Statuses>

/** The failure an API of `family` answers for a refusal. */
export function toFailure(family: Family, refusal: Refusal): ApiFailure {
  const { usual, others }: Statuses = families[family]
  const status = Object.entries(others).find(([, codes]) => codes.includes(refusal.code))?.[0]
  return new ApiFailure(refusal.code, messages[refusal.code] ?? 'Fail', {
    status: status === undefined ? usual : Number(status),
    // UNVERIFIED: real answers carry an explanation here; its wording is ours.
    error: { message: refusal.message },
  })
}

const messages: Record<number, string> = {
  91403: 'Forbidden',
  1254000: 'WrongRequestJson',
  1254001: 'WrongRequestBody',
  1254002: 'Fail',
  1254003: 'WrongBaseToken',
  1254004: 'WrongTableId',
  1254005: 'WrongViewId',
  1254006: 'WrongRecordId',
  1254007: 'EmptyValue',
  1254009: 'WrongFieldId',
  1254010: 'ReqConvError',
  1254011: 'Page size must greater than 0.',
  1254012: 'NotSupportFieldOrView',
  1254013: 'TableNameDuplicated',
  1254014: 'FieldNameDuplicated',
  1254015: 'Field types do not match.',
  1254016: 'InvalidSort',
  1254018: 'InvalidFilter',
  1254019: 'InvalidViewType',
  1254020: 'ViewNameDuplicated',
  1254021: 'EmptyViewName',
  1254022: 'InvalidViewName',
  1254023: 'LastViewDeleteForbidden',
  1254024: 'InvalidFieldNames',
  1254026: 'EmptyOptionName',
  1254028: 'EmptyFieldName',
  1254029: 'InvalidFieldName',
  1254031: 'InvalidAppName',
  1254032: 'InvalidRoleName',
  1254033: 'RoleNameDuplicated',
  1254034: 'The last table cannot be deleted.',
  1254036: 'Base is copying, please try again later.',
  1254037: 'Invalid client token, make sure that it complies with the specification.',
  1254038: 'Invalid name, make sure that it complies with the specification.',
  1254039: 'Duplicated name, use another name instead.',
  1254040: 'BaseTokenNotFound',
  1254041: 'TableIdNotFound',
  1254042: 'ViewIdNotFound',
  1254043: 'RecordIdNotFound',
  1254044: 'FieldIdNotFound',
  1254045: 'FieldNameNotFound',
  1254046: 'The Primary Field cannot be deleted.',
  1254047: 'RoleIdNotFound',
  1254048: 'MemberNotFound',
  1254049: 'FormFieldNotFound',
  1254050: 'Source block is not found.',
  1254060: 'TextFieldConvFail',
  1254061: 'NumberFieldConvFail',
  1254062: 'SingleSelectFieldConvFail',
  1254063: 'MultiSelectFieldConvFail',
  1254064: 'DatetimeFieldConvFail',
  1254065: 'CheckboxFieldConvFail',
  1254066: 'UserFieldConvFail',
  1254067: 'LinkFieldConvFail',
  1254068: 'URLFieldConvFail',
  1254069: 'AttachFieldConvFail',
  1254072: 'Failed to convert phone field, please make sure it is correct.',
  1254074: 'The parameters of Duplex Link field are invalid and need to be filled with an array of string.',
  1254080: 'TextFieldPropertyError',
  1254081: 'NumberFieldPropertyError',
  1254082: 'SingleSelectFieldPropertyError',
  1254083: 'MultiSelectFieldPropertyError',
  1254084: 'DateFieldPropertyError',
  1254085: 'CheckboxFieldPropertyError',
  1254086: 'UserFieldPropertyError',
  1254087: 'URLFieldPropertyError',
  1254088: 'AttachFieldPropertyError',
  1254089: 'LinkFieldPropertyError',
  1254090: 'LookUpFieldPropertyError',
  1254091: 'FormulaFieldPropertyError',
  1254092: 'DuplexLinkFieldPropertyError',
  1254093: 'CreatedTimeFieldPropertyError',
  1254094: 'ModifiedTimeFieldPropertyError',
  1254095: 'CreatedUserFieldPropertyError',
  1254096: 'ModifiedUserFieldPropertyError',
  1254100: 'TableExceedLimit',
  1254101: 'ViewExceedLimit',
  1254103: 'RecordExceedLimit',
  1254104: 'RecordAddOnceExceedLimit',
  1254105: 'ColumnExceedLimit',
  1254106: 'AttachExceedLimit',
  1254107: 'FilterLengthExceedLimit',
  1254108: 'SortLengthExceedLimit',
  1254110: 'RoleExceedLimit',
  1254111: 'MemberExceedLimit',
  1254114: 'The name of field group is empty',
  1254115: 'The name of field group is invalid',
  1254116: 'The description of field group is too long',
  1254117: 'The name of field group is duplicated',
  1254118: 'The children of field group is empty',
  1254119: 'The children of field group is too large',
  1254120: 'The field groups to be created is empty',
  1254121: 'The field groups to be created is too large',
  1254122: 'Child belongs to multiple field groups',
  1254123: 'The child type of field group is invalid',
  1254124: 'The name of the new form is empty',
  1254125: 'The name of the new form is invalid.',
  1254126: 'The display mode of the new form is invalid.',
  1254127: 'The name of the new form is duplicated.',
  1254128: 'The form is already a new version, no upgrade required.',
  1254130: 'TooLargeCell',
  1254291: 'Write conflict',
  1254301: 'OperationTypeError',
  1254302: 'Permission denied.',
  1254303: 'The attachment does not belong to this base.',
  1254304: 'Permission denied.',
  1254606: 'DataNotChange',
  1254608: 'Same API requests are submitted repeatedly.',
  1255006: 'Client token conflict, please generate a new client token and try again.',
}
