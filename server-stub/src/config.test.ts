import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const base = { SIGN_SECRET: 'x'.repeat(32) };

test('defaults suit a first start', () => {
  expect(parseConfig(base)).toMatchObject({
    PORT: 8080,
    HOST: '127.0.0.1',
    PUBLIC_ORIGIN: 'http://localhost:8080',
    DEMO: true,
    GRACE_MS: 30_000,
  });
  expect(parseConfig({ ...base, NODE_ENV: 'production' }).DEMO).toBe(false);
});

test.each([
  ['::1', 'http://localhost:8080'],
  ['0.0.0.0', 'http://localhost:8080'],
  ['meet.example', 'http://meet.example:8080'],
  ['192.0.2.7', 'http://192.0.2.7:8080'],
  ['2001:db8::7', 'http://[2001:db8::7]:8080'],
  ['fe80::1%eth0', 'http://localhost:8080'],
])('HOST=%s: the platform is at %s unless PUBLIC_ORIGIN says otherwise', (HOST, expected) => {
  expect(parseConfig({ ...base, HOST }).PUBLIC_ORIGIN).toBe(expected);
  expect(parseConfig({ ...base, HOST, PUBLIC_ORIGIN: 'https://a.example' }).PUBLIC_ORIGIN).toBe('https://a.example');
});

test('a wrong value is named', () => {
  expect(() => parseConfig({ ...base, PORT: 'many' })).toThrow(/PORT: /);
  expect(() => parseConfig({ ...base, PUBLIC_ORIGIN: 'https://a.example/path' })).toThrow(/PUBLIC_ORIGIN: .*origin/);
  // As an origin it would be "null", which every sandboxed page has.
  expect(() => parseConfig({ ...base, DEMO_ORIGINS: 'capacitor://localhost' })).toThrow(
    /DEMO_ORIGINS.*begin with https/,
  );
  expect(() => parseConfig({ ...base, CALLBACK_ALLOW: '10.0.0.0/8, intranet' })).toThrow(/CALLBACK_ALLOW.*networks/);
  expect(() => parseConfig({ ...base, MEDIA_LISTEN: '0.0.0.0' })).toThrow(/MEDIA_ANNOUNCED/);
  expect(() => parseConfig({ ...base, MEDIA_LISTEN: '127.0.0.1:40000' })).toThrow(/MEDIA_LISTEN.*without ports/);
  const s3 = { RECORD_S3: 'https://minio.example/recordings', RECORD_S3_KEY: 'key' };
  expect(() => parseConfig({ ...base, ...s3 })).toThrow(/RECORD_S3_SECRET: must be set with RECORD_S3/);
  const secret = { ...s3, RECORD_S3_SECRET: 'secret' };
  expect(() => parseConfig({ ...base, ...secret, RECORD_S3: 's3://recordings' })).toThrow(/RECORD_S3: /);
  expect(parseConfig({ ...base, ...secret })).toMatchObject({ ...secret, RECORD_S3_REGION: 'us-east-1' });
  const two = { MEDIA_LISTEN: '127.0.0.1, 192.0.2.7', MEDIA_ANNOUNCED: '203.0.113.5' };
  expect(() => parseConfig({ ...base, ...two })).toThrow(/MEDIA_ANNOUNCED: stands for one/);
});

test('a speech engine needs its settings', () => {
  expect(parseConfig(base).TRANSCRIBE_ENGINE).toBeUndefined();
  expect(() => parseConfig({ ...base, TRANSCRIBE_ENGINE: 'vosk' })).toThrow(
    'TRANSCRIBE_URL: must be set with TRANSCRIBE_ENGINE=vosk',
  );
  const url = { TRANSCRIBE_ENGINE: 'funasr', TRANSCRIBE_URL: 'http://asr.example:10095' };
  expect(() => parseConfig({ ...base, ...url })).toThrow('TRANSCRIBE_URL: must begin with ws:// or wss://');
  expect(() => parseConfig({ ...base, TRANSCRIBE_LANGUAGE: 'Chinese, please' })).toThrow(/TRANSCRIBE_LANGUAGE/);
});

test('lists are separated by commas or blanks', () => {
  expect(parseConfig({ ...base, CALLBACK_ALLOW: '10.2.0.0/16, ::1' }).CALLBACK_ALLOW).toEqual(['10.2.0.0/16', '::1']);
});

test('the address of a database is checked, and the error does not contain it, because it holds a password', () => {
  const url = 'postgres://meetframe:p%40ss@db.example:5432/meetframe?sslmode=verify-full';
  expect(parseConfig({ ...base, DATABASE_URL: url }).DATABASE_URL).toBe(url);
  expect(parseConfig({ ...base, DATABASE_URL: '' }).DATABASE_URL).toBeUndefined();
  for (const wrong of ['mysql://a:secret@b/c', 'postgres://a:secret@b', 'secret', 'postgres://a:secret@b:port/c']) {
    const parse = () => parseConfig({ ...base, DATABASE_URL: wrong });
    expect(parse).toThrow(/DATABASE_URL: must be postgres/);
    expect(parse).not.toThrow(/secret/);
  }
});

test('a mail server needs a sender; a wrong address of one is named without its password', () => {
  expect(parseConfig(base).SMTP_URL).toBeUndefined();
  const url = { SMTP_URL: 'smtp://user:p%40ss@mail.example:587' };
  expect(() => parseConfig({ ...base, ...url })).toThrow('MAIL_FROM: must be set with SMTP_URL');
  const mail = { ...url, MAIL_FROM: 'MeetFrame <no-reply@meet.example>' };
  expect(parseConfig({ ...base, ...mail }).MAIL_FROM).toEqual({ name: 'MeetFrame', address: 'no-reply@meet.example' });
  expect(parseConfig({ ...base, ...mail, MAIL_FROM: 'a@b.example' }).MAIL_FROM).toEqual({
    name: '',
    address: 'a@b.example',
  });
  for (const wrong of ['nobody', 'Two <a@b.example>, c@d.example', 'X <a@b.example\r\nBcc: c@d.example>'])
    expect(() => parseConfig({ ...base, ...mail, MAIL_FROM: wrong })).toThrow(/MAIL_FROM: must be an address/);
  for (const wrong of ['mail.example', 'https://user:secret@mail.example', 'smtp://user:secret@mail.example/path']) {
    const parse = () => parseConfig({ ...base, ...mail, SMTP_URL: wrong });
    expect(parse).toThrow(/SMTP_URL: must be smtp/);
    expect(parse).not.toThrow(/secret/);
  }
  expect(() => parseConfig({ ...base, MAILS_PER_USER: '0' })).toThrow(/MAILS_PER_USER/);
});
