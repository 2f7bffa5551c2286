import { connect, type Socket } from 'node:net';
import { errorCodes } from '@meetframe/contract/errorCodes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

/** An error in the shape of the contract, without internal details. */
const expectRefusal = async (answer: Response): Promise<Json> => {
  const text = await answer.text();
  expect(answer.status, text).toBeGreaterThanOrEqual(400);
  expect(answer.status, text).toBeLessThan(500);
  const { error } = JSON.parse(text) as Json;
  expect(Object.keys(errorCodes)).toContain(error.code);
  expect(text).not.toMatch(/\\n\s+at |node_modules|server-stub/);
  return error;
};
const alive = async () => expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);

describe('a body', () => {
  test.each([
    ['that is no JSON', json, '{'],
    ['that is empty', json, ''],
    ['that is a list', json, '[]'],
    ['that is text', json, '"getRoomById"'],
    ['that is null', json, 'null'],
    ['without a method', json, '{}'],
    ['with a method that is an object', json, '{"method":{"toString":1}}'],
    ['with a method that is a list of lists', json, `{"method":${nested(20_000)}}`],
    ['with a method of every object', json, '{"method":"constructor"}'],
    ['with an id that is a list of lists', json, `{"method":"getRoomById","roomId":${nested(20_000)}}`],
    ['with an infinite id', json, '{"method":"getRoomById","roomId":1e999}'],
    ['with a session id that is a number', json, '{"method":"queryMyRooms","SID":5}'],
    ['with a session id that is not one', json, '{"method":"queryMyRooms","SID":"\\u0000"}'],
    ['with a sign that is not one', json, '{"method":"queryMyRooms","sign":"a\\u0000.1.b"}'],
    ['of broken UTF-8', json, new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['of another type', 'text/plain', '{"method":"getRoomById","roomId":1012}'],
    ['of XML', 'application/xml', '<method>getRoomById</method>'],
    ['of broken parts', 'multipart/form-data; boundary=x', '--x'],
    ['whose params are no JSON', form, 'params=x'],
    ['whose params are a list', form, 'params=[]'],
    ['whose params are nothing', form, 'params='],
    ['whose fields are text', form, 'method=getRoomById&roomId=twelve'],
    ['that is no form', form, '%%%'],
  ])('%s', async (_, type, body) => {
    const answer = await fetch(`${server.origin}/app/room`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    await expectRefusal(answer);
    await alive();
  });
});

describe('who calls', () => {
  const post = async (path: string, headers: Record<string, string>, body: object) => {
    const answer = await fetch(`${server.origin}/app/${path}`, {
      method: 'POST',
      headers: { 'content-type': json, ...headers },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Json;
  };

  test('may be said in headers, and the method in the address', async () => {
    const authorization = `Bearer ${await server.login('alice')}`;
    const { rooms, ...rest } = await post('room/queryMyRooms', { authorization }, {});
    expect(rooms.map(({ id }: Json) => id)).toContain(1014);
    const { length: totalCount } = rooms;
    expect(rest).toEqual({ module: 'room', method: 'queryMyRooms', waitingRooms: [], totalCount, totalPage: 1 });
    const properties = { name: 'Made', numberLimit: 2, isPublic: false };
    expect(await post('room/newTempRoom', { 'x-sign': await server.sign() }, properties)).toMatchObject({ result: 0 });
    expect((await post('room/newTempRoom', {}, properties)).error.code).toBe('UNAUTHENTICATED');
  });

  test('in a header is checked like in the body, and the body goes first', async () => {
    const SID = await server.login('bob');
    const alice = `Bearer ${await server.login('alice')}`;
    expect((await post('room/queryMyRooms', { authorization: 'Bearer nobody' }, {})).error.code).toBe(
      'UNAUTHENTICATED',
    );
    expect((await post('room/queryMyRooms', { authorization: alice }, { SID })).rooms).not.toContainEqual(
      expect.objectContaining({ id: 1014 }),
    );
    expect((await post('room/newTempRoom', { 'x-sign': 'demo.1.x' }, {})).error.code).toBe('UNAUTHENTICATED');
  });

  test('over HTTP opens no session of a socket', async () => {
    expect((await post('session/hello', {}, { protocol: { major: 1, minor: 0 } })).error.code).toBe('UNSUPPORTED');
  });
});

describe('an address', () => {
  test.each([
    '__proto__',
    'constructor',
    'room.getRoomById',
    '%00',
    'a%2fb',
    '..%2f..%2fetc',
    '%f0%9f%98%80',
    'x'.repeat(300),
  ])('of a module called %s', async (module) => {
    const body = '{"method":"getRoomById","roomId":1012}';
    await expectRefusal(
      await fetch(`${server.origin}/app/${module}`, { method: 'POST', headers: { 'content-type': json }, body }),
    );
    await alive();
  });

  test.each([
    '/app/%00',
    '/app/%ff',
    '/app/..%2f..%2fpackage.json',
    '/app/assets/..%2f..%2f..%2fmeetframe.sqlite',
    '/app/sdk/..%2f..%2fpackage.json',
    '/app/sdk/%00',
    '/app/upload/videos/..%2f..%2fmeetframe.sqlite?expires=99999999999&signature=x',
    '/app/upload/videos/%00?expires=99999999999&signature=x',
    '/app/upload/videos/a.webm?expires=x&expires=y&signature=x&signature=y',
    '/app/upload/videos/a.webm?expires=1e999&signature[]=x',
    '/nothing',
  ])('GET %s', async (path) => {
    await expectRefusal(await fetch(`${server.origin}${path}`));
    await alive();
  });

  test.each(['%00', "' or 1=1", 'constructor', 'demo&app=demo'])(
    'the page for the app %s cannot be framed',
    async (app) => {
      const answer = await fetch(`${server.origin}/app/?app=${app}`);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/);
    },
  );
});

describe('an upgrade', () => {
  /** Sends the text unchanged. Returns what was received until the other side closed. */
  const upgrade = (path: string, then: (socket: Socket) => void = () => undefined) =>
    new Promise<string>((done) => {
      const { hostname, port } = new URL(server.origin);
      let said = '';
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
            'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        );
        then(socket);
      });
      socket.on('data', (data) => {
        said += data;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => done(said));
    });

  test.each([
    '//',
    '///',
    '//a:b',
    '//[',
    'http://',
    'http://[',
    '/app/socket/',
    '/app//socket',
    '/app/%73ocket',
    '/app/%',
    '*',
    '/',
  ])('to %s is refused', async (path) => {
    expect(await upgrade(path)).toMatch(/^HTTP\/1\.1 40[04] /);
    await alive();
  });

  test('that is reset at any moment does not disturb other clients', async () => {
    for (const path of ['/', '//', '/app/socket']) {
      await upgrade(path, (socket) => socket.resetAndDestroy());
      await upgrade(path, (socket) => socket.once('data', () => socket.resetAndDestroy()));
      // More than the server reads, so that both sides read and write into the reset.
      await upgrade(path, (socket) => {
        socket.write(Buffer.alloc(1_000_000));
        setImmediate(() => socket.resetAndDestroy());
      });
      await alive();
    }
  });
});

describe('[6.1] getSign', () => {
  test.each([
    ['nothing', ''],
    ['no secret', 'appId=demo'],
    ['too long', `appId=demo&secret=${'x'.repeat(5000)}`],
    ['NUL', 'appId=de%00mo&secret=x'],
  ])('[6.1] asked with %s names what is wrong', async (_, query) => {
    for (const answer of [
      await fetch(`${server.origin}/app/getSign?${query}`),
      await fetch(`${server.origin}/app/getSign`, { method: 'POST', headers: { 'content-type': form }, body: query }),
    ]) {
      const { code, data, message } = (await answer.json()) as Json;
      expect({ code, data }).toEqual({ code: 400, data: null });
      expect(message).toMatch(/appId|secret/);
    }
  });

  test('[6.1] refuses two apps in one address', async () => {
    const answer = await fetch(`${server.origin}/app/getSign?appId=demo&appId=demo&secret=demo-secret`);
    expect(await answer.json()).toMatchObject({ code: 400, data: null });
  });

  test('[6.1] refuses JSON of other types', async () => {
    for (const body of ['{"appId":5,"secret":{}}', '[]', '"x"', 'null', '{"params":"["}', '{"params":"null"}']) {
      const answer = await fetch(`${server.origin}/app/getSign`, {
        method: 'POST',
        headers: { 'content-type': json },
        body,
      });
      expect(await answer.json()).toMatchObject({ code: 400, data: null });
    }
  });
});

describe('a message', () => {
  test.each([
    ['without a method', '{"id":1,"module":"room"}'],
    ['whose module is an object', '{"id":1,"module":{"toString":1},"method":"x"}'],
    ['whose module is a list of lists', `{"id":1,"module":${nested(20_000)},"method":"x"}`],
    ['whose method is endless', `{"id":1,"module":"room","method":"${'x'.repeat(10_000)}"}`],
    ['whose id is an object', '{"id":{},"module":"room","method":"x"}'],
    ['whose id is endless', `{"id":"${'x'.repeat(10_000)}","module":"room","method":"x"}`],
    ['that is a list of lists', nested(20_000)],
  ])('%s closes the socket with 4400, before and after the greeting', async (_, text) => {
    for (const client of [await server.connect(), await server.client()]) {
      client.ws.send(text);
      expect(await client.closed).toBe(4400);
    }
    await alive();
  });

  test('in binary closes the socket with 4400', async () => {
    const client = await server.client();
    client.ws.send(Buffer.from('{"id":1,"module":"session","method":"ping"}'));
    expect(await client.closed).toBe(4400);
  });

  test.each([
    ['an object', '{"a":1}'],
    ['a list of lists', nested(20_000)],
  ])('that greets with a version that is %s is refused', async (_, minor) => {
    const client = await server.connect();
    client.ws.send(`{"id":1,"module":"session","method":"hello","protocol":{"major":99,"minor":${minor}}}`);
    expect(await client.closed).toBe(4401);
    await alive();
  });

  test('without an id is answered without one', async () => {
    const client = await server.client();
    const answer = new Promise<Json>((done) => client.ws.once('message', (data) => done(JSON.parse(String(data)))));
    client.ws.send('{"module":"room","method":"getRoomById","roomId":1012}');
    expect(await answer).toMatchObject({ module: 'room', method: 'getRoomById', room: { id: 1012 } });
    expect(await answer).not.toHaveProperty('id');
  });
});
