import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Booted } from '../../../local/boot.ts';
import { type Row, storageRequests } from '../storage-requests.ts';
import { type Secret, secretsIn, type Written } from './search.ts';

/** An app, with all its output that people may read. */
export type Searched = Pick<Booted, 'cloud' | 'storage' | 'stateFolder'> & {
  readonly tablePrefix: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly said: readonly string[];
  readonly answers: readonly string[];
};

/** People put backups there: no other place may have their bytes. */
const BACKUPS = /-backups$/;

/** Bytes in raw form, and in the form of the wire. */
const inEveryForm = (kind: string, bytes: Buffer): readonly Secret[] =>
  (['latin1', 'base64', 'base64url'] as const).map((form) => ({ kind, value: bytes.toString(form).slice(0, 200) }));

/** The parts of the private keys of the world that no public key shows; worlds share a few pairs. */
const keyMaterial = ({ keyVault }: Booted['cloud']['world']): readonly Secret[] => {
  const vaults = [...keyVault.vaults(), ...keyVault.deletedVaults()];
  const versions = vaults.flatMap(({ keys }) => [...keys.values()].flatMap((key) => key.versions));
  return [...new Set(versions.map(({ privateKey }) => privateKey))].flatMap((key) => {
    const { d = '', p = '', q = '' } = key.export({ format: 'jwk' });
    return [d, p, q].map((value) => ({ kind: 'key material', value: value.slice(0, 100) }));
  });
};

/** Every text in a JSON value. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];

const hostKeys = (stateFolder: string): readonly Secret[] =>
  textsIn(JSON.parse(readFileSync(path.join(stateFolder, 'keys.json'), 'utf8'))).map((value) => ({
    kind: 'a key of the host',
    value,
  }));

/** The secrets in the targets of messages, with which anybody could post. */
const targetsIn = (settings: Searched['settings']): readonly Secret[] =>
  (JSON.parse(settings['GUARDIAN_MESSAGE_TARGETS'] ?? '[]') as readonly Readonly<Record<string, string>>[]).flatMap(
    ({ url, key }) =>
      [url, key].flatMap((value) => (value === undefined ? [] : { kind: 'a target of messages', value })),
  );

const secretsOf = ({ cloud, storage, stateFolder, settings }: Searched): readonly Secret[] => [
  { kind: 'the connection string', value: storage.connectionString },
  { kind: 'the account key', value: /AccountKey=([^;]+)/.exec(storage.connectionString)?.[1] ?? '' },
  { kind: 'the secret of the identity', value: cloud.environment['IDENTITY_HEADER'] ?? '' },
  { kind: 'the webhook of notices', value: settings['GUARDIAN_NOTIFICATION_WEBHOOK'] ?? '' },
  ...targetsIn(settings),
  ...hostKeys(stateFolder),
  ...keyMaterial(cloud.world),
];

/** The columns of a row as one text: long JSON is continued in the next column. */
const textOf = (row: Row): string => {
  const names = Object.keys(row).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const [long, short] = [names.filter((name) => /^json\d+$/.test(name)), names.filter((name) => !/^json\d/.test(name))];
  return [...short.map((name) => String(row[name])), long.map((name) => String(row[name])).join('')].join('\n');
};

/** The data of Durable Functions: inputs and results of orchestrations and activities. */
const journal = (stateFolder: string): readonly Written[] =>
  globSync('*.jsonl', { cwd: stateFolder }).map((file) => ({
    place: 'the history of Durable Functions',
    text: readFileSync(path.join(stateFolder, file), 'utf8'),
  }));

/** The places where an app shows a secret, in words that do not repeat it. Read once, at the end of the app. */
export const givenAway = async (app: Searched): Promise<readonly string[]> => {
  const storage = storageRequests(app.storage.connectionString);
  const [tables, blobs] = await Promise.all([storage.tables(app.tablePrefix), storage.blobs(app.tablePrefix)]);
  const backups = blobs.filter(({ container }) => BACKUPS.test(container));
  const written: readonly Written[] = [
    { place: 'what host and app said', text: app.said.join('\n') },
    { place: 'an answer of a door', text: app.answers.join('\n') },
    ...journal(app.stateFolder),
    ...tables.map(({ name, rows }) => ({
      place: `the table ${name.slice(app.tablePrefix.length)}`,
      text: rows.map(textOf).join('\n'),
    })),
    ...blobs
      .filter((blob) => !backups.includes(blob))
      .map(({ container, bytes }) => ({ place: `the container ${container}`, text: bytes.toString() })),
  ];
  const backedUp = backups.flatMap(({ bytes }) => inEveryForm('the bytes of a backup', bytes));
  return secretsIn(written, [...secretsOf(app), ...backedUp]);
};
