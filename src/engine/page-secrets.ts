import type { World } from '../world/world.ts'

const lower = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** An id that nobody can guess: of a session, of an open consent page, of a sign-in form. */
export const newPageSecret = ({ chance }: World): string => chance.pages.string(lower, 32)

/** A nonce for the one style sheet of a page. */
export const newNonce = ({ chance }: World): string => chance.pages.string(`ABCDEFGHIJKLMNOPQRSTUVWXYZ${lower}`, 22)
