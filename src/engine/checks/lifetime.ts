import type { AccessToken, AuthorizationCode, RefreshToken } from '../../store/store.ts'

type Issued = Pick<AccessToken | AuthorizationCode | RefreshToken, 'expired' | 'expiresAt'>

/** Whether the life of a code or token is over; once over, it stays over when the clock is set back. */
export const isOver = ({ expired, expiresAt }: Issued, now: number): boolean => expired === true || expiresAt <= now

/** What is expected of something whose life is over. */
export const useBefore = ({ expiresAt }: Issued): string => `use before ${new Date(expiresAt).toISOString()}`
