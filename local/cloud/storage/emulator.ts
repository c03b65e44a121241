import http from 'node:http';
import type { Incoming } from '../incoming.ts';
import type { Answer } from '../service.ts';
import { DATA_SERVICES, type DataService } from './data-request.ts';
import { sharedKey } from './shared-key.ts';
import type { StorageAccount } from './storage-account.ts';

/** A storage emulator: `http://127.0.0.1:{port}` of each service, and its unused accounts. */
export type StorageEmulator = {
  addresses: Readonly<Record<DataService, string>>;
  accounts: readonly { name: string; key: string }[];
};

type Slot = { name: string; key: string };

/** The number of its accounts that worlds have taken. */
const taken = new WeakMap<StorageEmulator, number>();

/** The data of the accounts of one world: each account has an account of the emulator to itself. */
export type Relay = {
  /** Passes a request of an account on, signed anew, and returns its answer. */
  send(account: StorageAccount, service: DataService, incoming: Incoming): Promise<Answer>;
};

/** Undefined where there is no emulator. Throws once all of its accounts are taken. */
export const createRelay = (emulator: StorageEmulator): Relay => {
  const slots = new Map<string, Slot>();
  const slotOf = ({ id, createdAt }: StorageAccount): Slot => {
    const key = `${id.toLowerCase()} ${createdAt}`;
    const known = slots.get(key);
    if (known) return known;
    const next = taken.get(emulator) ?? 0;
    const slot = emulator.accounts[next];
    if (!slot) throw new Error(`The storage emulator has ${emulator.accounts.length} accounts, and all are taken.`);
    taken.set(emulator, next + 1);
    slots.set(key, slot);
    return slot;
  };
  return {
    send: (account, service, incoming) => relayed(emulator, slotOf(account), { account, service, incoming }),
  };
};

type Sent = { account: StorageAccount; service: DataService; incoming: Incoming };

/** Headers of the connection, or of the credentials: they are not passed on. */
const OWN_HEADERS = [
  'authorization',
  'host',
  'connection',
  'accept-encoding',
  'transfer-encoding',
  'content-length',
  'date',
];
/** The cloud writes these headers itself, on its own clock. */
const NOT_BROUGHT = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'server', 'x-ms-request-id'];

const relayed = async (
  emulator: StorageEmulator,
  slot: Slot,
  { account, service, incoming }: Sent,
): Promise<Answer> => {
  const base = `${emulator.addresses[service]}/${slot.name}`;
  const own = `https://${account.name}.${service}.core.windows.net`;
  const outgoing = isMultipart(incoming) ? replaced(incoming.bytes, own, base) : incoming.bytes;
  const path = `/${slot.name}${incoming.path}`;
  const headers = headersFor(incoming, outgoing.byteLength);
  const signable = { service, method: incoming.method, account: slot.name, path, query: incoming.query, headers };
  const query = incoming.query.toString().replaceAll('+', '%20');
  const url = `${emulator.addresses[service]}${path}${query ? `?${query}` : ''}`;
  const authorization = sharedKey(signable, slot.name, slot.key);
  const answer = await exchange(url, { method: incoming.method, headers: { ...headers, authorization } }, outgoing);
  return { ...answer, bytes: isText(answer.headers) ? replaced(answer.bytes, base, own) : answer.bytes };
};

const headersFor = ({ headers }: Incoming, length: number): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name))),
  // The emulator demands the time of signing but does not check it.
  'x-ms-date': headers['x-ms-date'] ?? headers['date'] ?? new Date(0).toUTCString(),
  'content-length': String(length),
});

const isMultipart = ({ headers }: Incoming): boolean => (headers['content-type'] ?? '').startsWith('multipart/');

const isText = (headers: Record<string, string>): boolean =>
  /json|xml|multipart/.test(headers['content-type'] ?? '') && headers['x-ms-blob-type'] === undefined;

const replaced = (bytes: Uint8Array, from: string, to: string): Buffer =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1');

type Exchanged = { status: number; headers: Record<string, string>; bytes: Buffer };

const exchange = (url: string, options: http.RequestOptions, body: Uint8Array): Promise<Exchanged> =>
  new Promise((resolve, reject) => {
    const request = http.request(url, options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const headers = Object.fromEntries(
        Object.entries(response.headers).flatMap(([name, value]) =>
          value === undefined || NOT_BROUGHT.includes(name) || (name === 'content-length' && options.method !== 'HEAD')
            ? []
            : [[name, String(value)]],
        ),
      );
      resolve({ status: response.statusCode ?? 502, headers, bytes: Buffer.concat(chunks) });
    });
    request.on('error', reject);
    request.end(body);
  });

/** The service and the account that a host names; undefined for a host outside of storage. */
export const storageHost = (host: string): { account: string; service: DataService } | undefined => {
  const [account = '', service, ...rest] = host.split('.');
  const known = DATA_SERVICES.find((one) => one === service);
  return known && rest.join('.') === 'core.windows.net' ? { account, service: known } : undefined;
};
