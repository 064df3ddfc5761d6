import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** A file system in memory, as most Linux machines have one. */
const inMemory = '/dev/shm'

/** Free there, in bytes: many times what the stores of a few clients take. */
const enough = 32 * 1_048_576

/**
 * Where the stores of clients are while stories are played: in memory where that can be, and nobody has said by `TMPDIR` where else.
 * A disk that is busy with other things would hold a client up until its requests time out.
 */
export function scratch(): string {
  if (process.env.TMPDIR !== undefined || process.platform !== 'linux') return tmpdir()
  try {
    accessSync(inMemory, constants.W_OK)
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize >= enough ? inMemory : tmpdir()
  } catch {
    return tmpdir()
  }
}
