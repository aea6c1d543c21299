import { type Person, userByOpenId } from '../feishu/contact/people.ts'
import { ApiFailure, type Kernel, type WebCall } from '../kernel/types.ts'

/** The person a browser request is made as. @throws ApiFailure 401 when nobody known is named */
export function personOf(kernel: Kernel, call: Pick<WebCall, 'person'>): Person {
  const person = userByOpenId(kernel, call.person)
  if (!person || person.resigned)
    throw new ApiFailure(401, '请先选择身份 choose who you are first', { status: 401 })
  return person
}
