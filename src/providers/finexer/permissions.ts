import { assumed } from '../../define.ts'

const pattern = 'the page names one permission and half of a second; the objects are those of the API'
const known = (words: string) => assumed(words, { because: pattern })

/** The permissions that an app can have, in our words. The page names the first one and half of the second. */
export const permissions = {
  customer_read: 'See customers',
  customer_write: assumed('Create and change customers', { because: 'the page shows the name cut off after its i' }),
  vendor_read: known('See vendors'),
  vendor_write: known('Create and change vendors'),
  consent_read: known('See bank consents'),
  consent_write: known('Ask for and revoke bank consents'),
  bank_account_read: known('See connected bank accounts'),
  bank_account_write: known('Refresh connected bank accounts'),
  transaction_read: known('See bank transactions'),
  payment_read: known('See payments'),
  payment_write: known('Initiate payments'),
  batch_payment_read: known('See batch payments'),
  batch_payment_write: known('Initiate batch payments'),
  webhook_read: known('See webhooks'),
  webhook_write: known('Create and change webhooks'),
}
