import { createMockOAuth, type Lineage, type MockOAuth } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { isoAfter, openProgram } from './program.ts'

/** Each token on a line: `  refresh_token r3 spent`, two spaces for each that stands above it. */
const drawn = ({ tokens }: Lineage): string[] =>
  tokens.map(({ depth, kind, events, over }) => {
    const [issued] = events
    return `${'  '.repeat(depth)}${kind} ${issued?.request ?? issued?.event} ${over?.event ?? 'alive'}`
  })

const treeOf = async ({ grants }: MockOAuth): Promise<string[]> => {
  const [grant] = await grants.list()
  return drawn(await grants.find(grant?.id ?? ''))
}

describe('the family tree of a grant', () => {
  it('has each pair below the code or refresh token that it was issued for', async () => {
    const { mock, connect, refresh } = await openProgram()
    const first = await connect()
    const second = await refresh(first.refresh)
    await mock.clock.advance('61m')
    await refresh(second.refresh)
    expect(await treeOf(mock)).toEqual([
      'code r1 spent',
      '  access_token r2 expired',
      '  refresh_token r2 spent',
      '    access_token r3 expired',
      '    refresh_token r3 spent',
      '      access_token r4 alive',
      '      refresh_token r4 alive',
    ])
  })

  it('has the facts of the grant, and who ended it', async () => {
    const { mock, connect, client_id } = await openProgram()
    await connect()
    const [{ id = '' } = {}] = await mock.grants.list()
    await mock.grants.revoke(id, 'user')
    const lineage = await mock.grants.find(id)
    expect(lineage.grant).toMatchObject({ id, clientId: client_id, scope: 'esign', ended: { by: 'user' } })
    expect(lineage.tokens.map(({ alive, over }) => [alive, over?.event, over?.by])).toEqual([
      [false, 'spent', undefined],
      [false, 'revoked', 'user'],
      [false, 'revoked', 'user'],
    ])
    expect(lineage.tokens[0]?.events.at(-1)).toEqual({ event: 'grant_ended', at: isoAfter(0), by: 'user' })
  })

  it('has two pairs below one refresh token that was used again in its window', async () => {
    const { mock, connect, refresh } = await openProgram('grace:30')
    const first = await connect()
    await refresh(first.refresh)
    await refresh(first.refresh)
    const open = await treeOf(mock)
    expect(open).toEqual([
      'code r1 spent',
      '  access_token r2 alive',
      '  refresh_token r2 alive',
      '    access_token r3 alive',
      '    refresh_token r3 alive',
      '    access_token r4 alive',
      '    refresh_token r4 alive',
    ])
    await mock.clock.advance('30s')
    expect((await treeOf(mock))[2]).toBe('  refresh_token r2 window_over')
  })

  it('has ever more access tokens below one refresh token that lives on', async () => {
    const { mock, connect, refresh } = await openProgram('none')
    const first = await connect()
    await refresh(first.refresh)
    await refresh(first.refresh)
    expect(await treeOf(mock)).toEqual([
      'code r1 spent',
      '  access_token r2 alive',
      '  refresh_token r2 alive',
      '    access_token r3 alive',
      '    access_token r4 alive',
    ])
  })

  it('begins with the tokens where there was no code', async () => {
    const { mock, token, refresh, client_id } = await openProgram()
    const { refreshToken = '' } = await mock.mint({ scope: 'esign' })
    await refresh(refreshToken)
    expect(await treeOf(mock)).toEqual([
      'access_token minted alive',
      'refresh_token minted spent',
      '  access_token r1 alive',
      '  refresh_token r1 alive',
    ])
    await mock.clients.change(client_id, { grantTypes: ['client_credentials'] })
    await token({ grant_type: 'client_credentials' })
    const [, own] = await mock.grants.list()
    expect(drawn(await mock.grants.find(own?.id ?? ''))).toEqual(['access_token r2 alive'])
  })

  it('is drawn however long the chain is', async () => {
    const { mock, connect, refresh } = await openProgram()
    let { refresh: newest } = await connect()
    for (let i = 0; i < 3_000; i++) newest = (await refresh(newest)).refresh
    const [grant] = await mock.grants.list()
    const { tokens } = await mock.grants.find(grant?.id ?? '')
    expect(tokens).toHaveLength(6_003)
    expect(tokens.at(-1)).toMatchObject({ depth: 3_001, alive: true })
  })

  it('is refused for a grant that never was', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    await expect(mock.grants.find('grant_x')).rejects.toMatchObject({
      code: 'unknown_grant',
      message: 'There is no grant "grant_x". There are: none.',
    })
  })
})
