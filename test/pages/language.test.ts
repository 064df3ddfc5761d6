import { describe, expect, it } from 'vitest'
import { newVisitor, playMekari } from './visitor.ts'

describe('the language of the pages', () => {
  it('is the one that the authorization request asks for, on every page', async () => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const url = authorizationUrl({ lang: 'id' })
    const signIn = await visitor.open((await visitor.open(url)).location)
    expect(signIn.body).toContain('<html lang="id">')
    expect(signIn.body).toContain('Ini bukan Mekari yang asli')
    expect(signIn.body).toContain('<h1>Masuk ke Mekari</h1>')

    const consent = await visitor.open((await visitor.click(signIn, '@')).location)
    expect(consent.body).toContain('<html lang="id">')
    expect(consent.body).toContain('meminta akses ke akun Mekari Anda')

    const approved = await visitor.click(consent, 'Setujui')
    expect(approved.location).toContain('?code=')
    const late = await visitor.click(consent, 'Setujui')
    expect(late.body).toContain('<html lang="id">')
    expect(late.body).toContain('Mulai lagi')
    const error = await visitor.open(authorizationUrl({ lang: 'id', client_id: 'nobody' }))
    expect(error.body).toContain('<h1>Permintaan ini ditolak</h1>')
  })

  it.each(['', 'en', 'fr', 'ID', '__proto__', 'constructor', '"><script>'])('is English for lang=%s', async (lang) => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(authorizationUrl({ lang }))).location)
    expect(page.body).toContain('<html lang="en">')
    expect(page.body).toContain('<h1>Sign in to Mekari</h1>')
  })

  it('is English where nothing tells which', async () => {
    const { mekari } = await playMekari()
    expect((await newVisitor().open(`${mekari.baseUrl}/users/sign_in`)).body).toContain('<html lang="en">')
  })
})
