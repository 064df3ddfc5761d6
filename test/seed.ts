const given = process.env.MOCK_OAUTH_TEST_SEED

/** What random tests start from: another one in each run, printed in the names of the tests; `MOCK_OAUTH_TEST_SEED` repeats one. */
export const seed = given === undefined ? Math.floor(Math.random() * 0x7fff_ffff) : Number(given)
