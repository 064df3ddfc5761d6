import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf, locationOf } from '../answer.ts'
import { formOf } from '../form.ts'
import { badClient, badRequest, onPage, page, returned, tokenError, told } from './answers.ts'
import { basic, callback, type Fields, type Integration, issuer, openStandard, state } from './client.ts'
import { asserted, withKeys } from './keys.ts'

const pushed = async (program: Integration, changes?: Fields): Promise<string> =>
  JSON.parse((await program.push(changes)).body).request_uri
const open = ({ request, clientId }: Integration, request_uri: string, more: Fields = {}) =>
  request(`${issuer}/authorize?${formOf({ client_id: clientId, request_uri, ...more })}`)
const codeIn = (location: string) => new URL(location).searchParams.get('code') ?? ''
const refusal = (error: string, error_description: string) => told(400, { error, error_description })

/** Authorization requests that a client sends ahead (RFC 9126). */
export const pushedRequestsSuite = (door: Door) =>
  describe('a pushed request', () => {
    it('gets a request_uri that lives ten minutes', async () => {
      const answer = await (await openStandard(door)).push()
      const { request_uri } = JSON.parse(answer.body)
      expect(request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/)
      expect(answer).toEqual(told(201, { request_uri, expires_in: 600 }))
    })

    it('is the authorization request at the browser', async () => {
      const program = await openStandard(door)
      const answer = await open(program, await pushed(program))
      const code = codeIn(locationOf(answer))
      expect(answer).toEqual(returned({ code, state, iss: issuer }))
      expect((await program.exchange(code)).status).toBe(200)
    })

    it('works once', async () => {
      const program = await openStandard(door)
      const uri = await pushed(program)
      await open(program, uri)
      expect(onPage(await open(program, uri))).toEqual(page('invalid_request_uri'))
      const raced = await pushed(program)
      const answers = await Promise.all([1, 2, 3].map(() => open(program, raced)))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 400, 400])
      for (const { body } of answers.filter(({ status }) => status === 400)) {
        expect(body).toContain('a request that was not answered before')
      }
    })

    it('lives ten minutes', async () => {
      const program = await openStandard(door)
      const [early, late] = [await pushed(program), await pushed(program)]
      await program.wait('599s')
      expect(codeIn(locationOf(await open(program, early)))).not.toBe('')
      await program.wait('1s')
      expect(onPage(await open(program, late))).toEqual(page('invalid_request_uri'))
    })

    it('is its client’s alone', async () => {
      const program = await openStandard(door)
      const uri = await pushed(program)
      const other = await program.with({})
      expect(onPage(await open(other, uri))).toEqual(page('invalid_request_uri'))
      expect(onPage(await open(other, uri, other.asked()))).toEqual(page('invalid_request_uri'))
      expect(onPage(await open(program, uri, { client_id: undefined }))).toEqual(page('invalid_request'))
      expect(codeIn(locationOf(await open(program, uri)))).not.toBe('')
    })

    it('stands alone: what the browser brings beside it is not read', async () => {
      const program = await openStandard(door)
      const beside = { redirect_uri: 'https://evil.example/', response_type: 'token', state: 'other', scope: 'api' }
      const answer = await open(program, await pushed(program), beside)
      const code = codeIn(locationOf(answer))
      expect(answer).toEqual(returned({ code, state, iss: issuer }))
      expect(JSON.parse((await program.exchange(code)).body).scope).toBe('profile offline_access')
    })

    it('is named once at the browser', async () => {
      const program = await openStandard(door)
      const uri = await pushed(program)
      for (const again of [formOf({ request_uri: uri }), formOf({ client_id: program.clientId })]) {
        const { request, clientId } = program
        const twice = await request(`${issuer}/authorize?${formOf({ client_id: clientId, request_uri: uri })}&${again}`)
        expect(onPage(twice)).toEqual(page('invalid_request'))
      }
    })

    it('is sent by a client that authenticates, in any of its ways', async () => {
      const program = await openStandard(door)
      const { clientId, clientSecret } = program
      expect((await program.push({ client_secret: clientSecret }, {})).status).toBe(201)
      expect((await program.push({ client_id: undefined })).status).toBe(201)
      expect((await (await program.with({ public: true })).push()).status).toBe(201)
      const { program: signing, sign } = await withKeys(program)
      for (const aud of [issuer, `${issuer}/token`, `${issuer}/par`]) {
        expect((await signing.push(asserted(await sign({ aud })))).status).toBe(201)
      }
      expect(await program.push({}, {})).toEqual(badClient('The client authenticates in another way'))
      expect(await program.push({}, basic(clientId, 'x'))).toEqual(badClient('Wrong client secret'))
      expect(await program.push({ client_id: 'nobody' }, {})).toEqual(badClient('Unknown client'))
      expect(await program.push({ client_id: 'another' })).toEqual(
        badRequest('The client authenticates in more than one way'),
      )
    })

    it('has no request_uri in it', async () => {
      const program = await openStandard(door)
      expect(await program.push({ request_uri: await pushed(program) })).toEqual(
        badRequest('The parameter request_uri must be the request itself'),
      )
    })

    it.each<[string, Fields, string, string]>([
      ['redirect_uri', { redirect_uri: undefined }, 'invalid_request', 'The parameter redirect_uri is missing'],
      [
        'redirect_uri',
        { redirect_uri: `${callback}/` },
        'invalid_request',
        'The redirect URI is not registered for this client',
      ],
      ['response_type', { response_type: undefined }, 'invalid_request', 'The parameter response_type is missing'],
      ['response_type', { response_type: 'token' }, 'unsupported_response_type', 'The response type is not supported'],
      ['scope', { scope: 'else' }, 'invalid_scope', 'The client may not ask for one of these scopes'],
      ['code_challenge', { code_challenge: undefined }, 'invalid_request', 'The parameter code_challenge is missing'],
      [
        'code_challenge_method',
        { code_challenge_method: 'plain' },
        'invalid_request',
        'The code challenge method is not supported',
      ],
      ['response_mode', { response_mode: 'fragment' }, 'invalid_request', 'The parameter response_mode is malformed'],
      ['prompt', { prompt: 'none login' }, 'invalid_request', 'The parameter prompt is malformed'],
      ['request', { request: 'eyJ' }, 'request_not_supported', 'The parameter request is not supported'],
    ])('is judged at once: %s', async (_, changes, error, description) => {
      expect(await (await openStandard(door)).push(changes)).toEqual(refusal(error, description))
    })

    it('is refused to a client that may not ask for codes, or is not active', async () => {
      const program = await openStandard(door)
      expect(await (await program.with({ grantTypes: ['client_credentials'] })).push()).toEqual(
        refusal('unauthorized_client', 'The client may not use the authorization code grant'),
      )
      expect(await (await program.with({ status: 'suspended' })).push()).toEqual(
        tokenError(400, 'unauthorized_client', 'The client is not active'),
      )
    })

    it('is posted, as a form', async () => {
      const { request, clientId, clientSecret } = await openStandard(door)
      const asked = await request(`${issuer}/par`)
      expect([asked.status, headerOf(asked, 'allow')]).toEqual([405, 'POST, OPTIONS'])
      const headers = { 'content-type': 'application/json', ...basic(clientId, clientSecret) }
      expect(await request(`${issuer}/par`, { method: 'POST', headers, body: '{}' })).toEqual(
        badRequest('The content type of the body is not supported'),
      )
      expect(await request(`${issuer}/par`, { method: 'POST', headers: basic(clientId, clientSecret) })).toEqual(
        badRequest('The body is empty'),
      )
      const large = `state=${'x'.repeat(1_000_000)}`
      expect((await request(`${issuer}/par`, { method: 'POST', headers, body: large })).status).toBe(413)
    })

    it('keeps no credentials: neither the page nor the callback knows them', async () => {
      const program = await openStandard(door, { consent: 'page' })
      const { clientSecret = '' } = program
      const answer = JSON.parse((await program.push({ client_secret: clientSecret }, {})).body)
      const came = await open(program, answer.request_uri)
      expect(JSON.stringify(came)).not.toContain(clientSecret)
      expect(locationOf(came)).toMatch(/^https:\/\/standard\.example\/login\?/)
    })
  })
