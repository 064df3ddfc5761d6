import { alphanumeric, joined, usersValue } from '../../define.ts'

/** The account identifier: a name for the account that every platform gets alike. */
export const theAccount = usersValue('account', joined('acc_', alphanumeric(13)))
