/** Something with a life. */
interface Issued {
  readonly expiresAt: number
  readonly expired?: true
}

/** Whether the life of a code, token or request is over; once over, it stays over when the clock is set back. */
export const isOver = ({ expired, expiresAt }: Issued, now: number): boolean => expired === true || expiresAt <= now

/** What is expected of something whose life is over. */
export const useBefore = ({ expiresAt }: Issued): string => `use before ${new Date(expiresAt).toISOString()}`
