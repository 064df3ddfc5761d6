import { type AccessRules, asksFor } from '../../define.ts'

/** Requesting Access: the form, and what is asked for once it is approved. */
export const access: AccessRules = {
  application: {
    companyName: asksFor('company name', 'name'),
    companyWebsite: asksFor('company website', 'link'),
    companyAddress: asksFor('company address'),
    companyDescription: asksFor('a short description of the company'),
    product: asksFor('the product that is to be integrated'),
    intendedUse: asksFor('how the API will be used'),
  },
  setup: {
    redirectUri: asksFor('redirect URI of the production client', 'redirectUri'),
    testRedirectUris: asksFor('redirect URIs for development or testing, if any', 'testRedirectUris'),
    termsOfService: asksFor('terms of service', 'link'),
    privacyPolicy: asksFor('privacy policy', 'link'),
    logo: asksFor('logo', 'link'),
    gpgPublicKey: asksFor('GPG public key, for sending the credentials', 'publicKey'),
  },
  testClientIn: 'sandbox',
}
