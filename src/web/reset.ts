/** What a client of Node's `fetch` finds as the cause of a failure, where a connection was reset. */
export const connectionReset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
