import { deviceGrant } from '../../store/store.ts'
import { inWords } from '../../vocabulary/duration.ts'
import type { Rotation } from '../../vocabulary/rotation.ts'
import type { StruckCall } from './faults.ts'

/** What a client meets that sends the same request again because it learned nothing of the first. */
export function retryOf(call: StruckCall): string {
  const { isDone, isRefused, endpoint, grantType, rotation, isRenewed } = call
  if (!isDone) return 'Nothing was done: send the same request again, after a while.'
  if (isRefused) return 'It was refused: the same request is refused again.'
  if (endpoint === 'token') {
    if (grantType === 'refresh_token' && rotation) return retryOfRefresh(rotation, isRenewed)
    if (grantType === 'authorization_code' || grantType === deviceGrant) return retryOfCode(call)
  }
  return retries[endpoint ?? ''] ?? 'It was done: send the same request again, its answer is made anew.'
}

const retries: Readonly<Record<string, string>> = {
  authorize: 'The browser was not sent back: open the authorization URL again, with a new state.',
  api: 'It was done: what reads may be sent again; of what writes, ask first whether it is there.',
  revoke: 'The token is dead: send it again to be sure, and take a refusal as done.',
}

function retryOfRefresh({ renewsAt, again, reuse }: Rotation, isRenewed: boolean): string {
  if (renewsAt === 'noUse' || !isRenewed) return 'The refresh token lives on: send the same request again.'
  const otherwise =
    reuse === 'familyRevoked'
      ? 'is refused (refresh_token_reused) and ends every token of the authorization'
      : 'is refused (refresh_token_reused)'
  if (!again) {
    return `The refresh token is spent and the new one is lost: using the old one again ${otherwise}. Ask the user to authorize again.`
  }
  const pair = again.brings === 'theSamePair' ? 'the same pair' : 'another pair'
  return `Send the same refresh token again within ${inWords(again.within)}: it brings ${pair}; later it ${otherwise}.`
}

function retryOfCode({ replay }: StruckCall): string {
  const cost = replay === 'familyRevoked' ? ' and ends every token that it has brought' : ''
  return `The code is spent and the tokens are lost: using it again is refused (code_used)${cost}. Start a new authorization.`
}
