import type { AccessRules, Question } from '../access.ts'
import type { ClientRules } from '../client.ts'
import { meanings } from '../meanings.ts'
import type { Plain } from '../plain.ts'
import { format } from './format.ts'
import { anyText, flag, listOf, oneOf, optional, recordOf, section, text } from './section.ts'

/** What a registered client is made of. */
export const client = section<Plain<ClientRules>>({
  id: format,
  secret: format,
  secretIsAccessToken: optional(flag),
  registration: anyText,
  defaultScopes: listOf("a list of scopes: ['read']", text),
  publicClients: flag,
  firstPartySkipsConsent: flag,
  pkceSwitch: optional(flag),
  defaultGrantTypes: optional(
    listOf("a list: ['authorization_code', 'refresh_token']", oneOf(meanings.client.defaultGrantTypes)),
  ),
})

const questions = recordOf(
  'an object of questions by name',
  section<Question>(
    {
      words: text,
      answer: oneOf<Question['answer']>({
        text: 1,
        name: 1,
        link: 1,
        redirectUri: 1,
        testRedirectUris: 1,
        publicKey: 1,
      }),
    },
    "a question: asksFor('…')",
  ),
)

/** How credentials are applied for. */
export const access = section<Plain<AccessRules>>({
  application: questions,
  setup: questions,
  testClientIn: optional(text),
})
