/** A mobile number with its spellings (+86, spaces, dashes), and a citizen's number of 18 digits. */
const mobile = /(?<!\d)((?:\+?86[- ]?)?1[3-9]\d)[- ]?\d{4}[- ]?(\d{4})(?!\d)/g
const citizen = /(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?![\dXx])/g

/** What people wrote themselves, with the numbers masked that they should not have put there. */
export function maskedWords(text: string): string {
  return text.replace(citizen, '$1***********$2').replace(mobile, '$1****$2')
}
