import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/store.ts';
import { runStorage } from '../../run/ground.ts';
import { orders, VAULT } from '../incident.ts';
import { type App, openApp } from '../open-app.ts';
import { givenAway } from './given-away.ts';
import { secretsIn } from './search.ts';

const place = 'a log';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });

/** Each has the shape of a real secret, and opens nothing. */
const SHAPES: readonly (readonly [string, string])[] = [
  ['a token', `asked with eyJ${'0eXAiOiJKV1QifQ'.repeat(2)}.e30`],
  ['a bearer header', 'authorization: Bearer 0123456789abcdef'],
  ['an account key', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=0123456789abcdef=='],
  ['a shared access signature', 'TableEndpoint=https://a;SharedAccessSignature=sv=2021-06-08&ss=t'],
  ['the signature of a URL', 'https://a.blob.core.windows.net/x?sv=2021-06-08&sig=0123456789%2Babc'],
  ['the key in a URL', 'https://app/runtime/webhooks/eventgrid?functionName=on-event&code=0123456789abcdef'],
  ['a key of the host', '{"x-functions-key":"0123456789abcdef"}'],
  ['a key of the host', JSON.stringify(JSON.stringify({ 'x-functions-key': '0123456789abcdef' }))],
  ['the secret of an identity', 'X-IDENTITY-HEADER: 01234567-89ab-cdef'],
  ['a private key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ['the private part of a key', JSON.stringify(privateKey.export({ format: 'jwk' }))],
  ['a password in a URL', 'cannot fetch https://somebody:0123456789@hooks.example/x'],
];

/** Texts that may be written: names of secrets, ids, hashes, public parts. */
const HARMLESS: readonly string[] = [
  'The header x-functions-key is missing.',
  'AzureWebJobsStorage: a connection string with AccountName=… and AccountKey=…',
  '{"kid":"https://kv-orders.vault.azure.net/keys/cmk/0123456789abcdef0123456789abcdef","n":"0123456789abcdef"}',
  'Bearer token needed.',
  'https://management.azure.com/subscriptions/x?api-version=2024-11-01&$skiptoken=abc',
  'az rest --method put --url "https://management.azure.com/x?api-version=2022-04-01"',
  'code=409 in an answer',
];

describe('the search for secrets', () => {
  it.each(SHAPES)('finds %s, and does not repeat it', (kind, text) => {
    const found = secretsIn([{ place, text }], []);
    expect(found).toContainEqual(expect.stringContaining(`${kind} in a log`));
    expect(found.join()).not.toMatch(/0123456789|0eXAi|BEGIN/);
  });

  it.each(HARMLESS)('passes by what gives nothing away: %s', (text) => {
    expect(secretsIn([{ place, text }], [])).toEqual([]);
  });

  it('finds a value that it was told of, whatever it looks like, and says only where', () => {
    const secrets = [{ kind: 'the webhook of notices', value: 'https://hooks.example/T0/B0/xyz' }];
    const text = 'posted to https://hooks.example/T0/B0/xyz';
    expect(secretsIn([{ place, text }], secrets)).toEqual(['the webhook of notices in a log, after "posted to "']);
    expect(secretsIn([{ place, text: 'posted to https://hooks.example' }], secrets)).toEqual([]);
  });
});

describe('what an app gave away', () => {
  const webhook = 'https://hooks.example/services/T0/B0/0123456789';
  let app: App;
  let backup: string;
  beforeAll(async () => {
    const settings = { GUARDIAN_NOTIFICATION_WEBHOOK: webhook };
    app = await openApp({ world: orders([]), wake: 'doors', settings }, runStorage());
  });
  afterAll(() => app.close());

  const store = () => {
    const storage = { kind: 'connectionString', connectionString: runStorage() } as const;
    return openStore({ storage, tablePrefix: app.tablePrefix });
  };
  const entry = (detail: string) => ({ id: 'a', at: '', kind: 'recorded' as const, detail, correlationIds: [] });
  const jwk = () => app.cloud.world.keyVault.key(VAULT, 'cmk')?.versions[0]?.privateKey.export({ format: 'jwk' });

  /** A backup as a person makes it; returns its form on the wire. */
  const backUp = async (): Promise<string> => {
    const backup = app.cloud.world.keyVault.backupKey(VAULT, 'cmk');
    const container = BlobServiceClient.fromConnectionString(runStorage()).getContainerClient(
      `${app.tablePrefix}-backups`,
    );
    await container.create();
    const bytes = Buffer.from(backup, 'base64url');
    await container.getBlockBlobClient(`${VAULT}/cmk`).upload(bytes, bytes.length);
    return backup;
  };

  it('is nothing at first, though the app has a key of every kind', async () => {
    backup = await backUp();
    expect(await givenAway(app)).toEqual([]);
  });

  it('is found in log, answer, history, table and blob, whatever secret of the app it is', async () => {
    const { masterKey, functionKey, eventGridKey } = app.host();
    const { ledger, evidence } = store();
    await ledger.append('product', { seq: 0, hash: '' }, [entry(runStorage()), entry(jwk()?.d ?? '')]);
    await ledger.append('long', { seq: 0, hash: '' }, [entry(`${' '.repeat(31_910)}${functionKey}`)]);
    await evidence.put({ masterKey });
    appendFileSync(path.join(app.stateFolder, 'history.jsonl'), `${backup}\n`);
    const found = await givenAway({
      ...app,
      said: [app.cloud.environment['IDENTITY_HEADER'] ?? ''],
      answers: [eventGridKey, webhook],
    });
    expect(found.map((line) => line.replace(/, after .*$/s, '')).toSorted()).toEqual([
      'a key of the host in an answer of a door',
      `a key of the host in the container ${app.tablePrefix}-evidence`,
      'a key of the host in the table ledger',
      'an account key in the table ledger',
      'key material in the table ledger',
      'the account key in the table ledger',
      'the bytes of a backup in the history of Durable Functions',
      'the connection string in the table ledger',
      'the secret of the identity in what host and app said',
      'the webhook of notices in an answer of a door',
    ]);
  });
});
