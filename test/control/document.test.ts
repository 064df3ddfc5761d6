import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

describe('the document', () => {
  it('is valid OpenAPI and lists every route', async () => {
    const { control } = await serve()
    const document = (await control('GET /openapi.json')).body as { paths: Record<string, Record<string, object>> }
    expect(await new Validator().validate(document)).toEqual({ valid: true })
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice(6)}`),
    )
    expect(listed).toEqual([
      'GET /health',
      'GET /providers',
      'GET /providers/{id}',
      'PATCH /providers/{id}',
      'POST /authorize',
      'GET /clients',
      'POST /clients',
      'GET /clients/{id}',
      'PATCH /clients/{id}',
      'DELETE /clients/{id}',
      'GET /applications',
      'POST /applications',
      'GET /applications/{id}',
      'POST /applications/{id}',
      'POST /applications/{id}/review',
      'POST /applications/{id}/setup',
      'GET /users',
      'POST /users',
      'GET /users/{id}',
      'PATCH /users/{id}',
      'DELETE /users/{id}',
      'GET /clock',
      'POST /clock',
      'GET /grants',
      'GET /grants/{id}',
      'POST /grants/{id}/revoke',
      'GET /webhooks',
      'POST /webhooks/test',
      'POST /webhooks/{id}/redeliver',
      'GET /webhooks/{id}/explain',
      'GET /keys',
      'POST /keys/rotate',
      'GET /faults',
      'POST /faults',
      'DELETE /faults/{id}',
      'POST /faults/{id}/release',
      'POST /tokens',
      'GET /requests',
      'GET /requests/{id}/explain',
      'POST /reset',
      'GET /snapshot',
      'PUT /snapshot',
      'GET /worlds',
      'DELETE /worlds/{id}',
      'GET /events',
    ])
  })

  it('says what the name of a property does not say', async () => {
    const { control } = await serve()
    const { paths } = (await control('GET /openapi.json')).body as {
      paths: Record<
        string,
        Record<string, { requestBody: { content: Record<string, { schema: { properties: object } }> } }>
      >
    }
    const propertiesOf = (path: string) => paths[path]?.post?.requestBody.content['application/json']?.schema.properties
    expect(propertiesOf('/_mock/clients')).toMatchObject({ public: { description: 'has no secret and uses PKCE' } })
    expect(propertiesOf('/_mock/users')).toMatchObject({ role: { description: says('authorize.roles') } })
  })
})

describe('a call that fits no route', () => {
  it('is told where the routes are listed', async () => {
    const { control } = await serve()
    for (const call of ['GET /nothing', 'PUT /clients', 'DELETE /health', 'GET /']) {
      expect([call, await control(call)]).toEqual([call, mistake(404, 'unknown_route', says('openapi'))])
    }
  })

  it('with a body that cannot be read is told so', async () => {
    const { url } = await serve()
    const post = async (body: string, type: string) => {
      const answer = await fetch(`${url}/_mock/clock`, { method: 'POST', body, headers: { 'content-type': type } })
      return { status: answer.status, body: await answer.json() }
    }
    expect(await post('{', 'application/json')).toEqual(mistake(400, 'invalid_request'))
    expect(await post('[]', 'application/json')).toEqual(mistake(400, 'invalid_request'))
    const notJson = mistake(415, 'invalid_request', says('Content-Type: application/json'))
    expect(await post('advance=1h', 'application/x-www-form-urlencoded')).toEqual(notJson)
    expect(await post('{"advance":"1h"}', 'text/plain')).toEqual(notJson)
    expect(await post(`{"set":"${'x'.repeat(1_000_000)}"}`, 'application/json')).toEqual(
      mistake(413, 'invalid_request'),
    )
    expect(await post('{"__proto__":{"freeze":true}}', 'application/json')).toEqual(mistake(400, 'invalid_request'))
  })
})
