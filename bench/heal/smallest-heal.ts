/** One Azure call or durable step, and why there is no healing without it. */
export type Needed = { readonly what: string; readonly why: string };

/**
 * A call by the name of its route. `polls`: it is repeated when Azure's `Retry-After` says so, until the operation has
 * ended.
 */
export type NeededCall = Needed & { readonly route: string; readonly polls?: true };

const GROUP = '/subscriptions/{subscription}/resourceGroups/{group}/providers';
const SERVER = `${GROUP}/Microsoft.DBforMySQL/servers/{server}`;
const VERSION = 'https://{vault}.vault.azure.net/keys/{key}/{version}';
const OPERATION =
  '/subscriptions/{subscription}/providers/Microsoft.DBforMySQL/locations/{location}/azureAsyncOperation/{operation}';

const get = (what: string, route: string, why: string): NeededCall => ({
  what: `GET ${what}`,
  route: `GET ${route}`,
  why,
});

const readVault = (why: string): NeededCall => get('vault', `${GROUP}/Microsoft.KeyVault/vaults/{vault}`, why);

/** One look at the access path: nothing of it can be learned from another call, and no event is believed. */
export const SMALLEST_LOOK: readonly NeededCall[] = [
  readVault('the vault is there; its firewall, permission model, tags'),
  get('server', SERVER, 'whether it is inaccessible; its identity and tags'),
  get('keys of the server', `${SERVER}/keys`, 'which version it pins: the server itself does not say'),
  get('pinned key version', VERSION, 'whether that version has expired; its tags'),
];

/** From the wake-up to verified: a single server, its pinned version expired, a warm process. */
export const SMALLEST_HEAL: readonly NeededCall[] = [
  ...SMALLEST_LOOK,
  readVault('right before the write: whether a do-not-heal tag has been put on it since'),
  get('pinned key version', VERSION, 'the target again, right before the write: no drift, no write; and its tags'),
  { what: 'PATCH pinned key version', route: `PATCH ${VERSION}`, why: '**the first write**: the new expiry' },
  get('server', SERVER, 'the target again: still inaccessible, nothing in progress, no do-not-heal tag'),
  get('keys of the server', `${SERVER}/keys`, 'the target again: it still pins this version'),
  readVault('again, a write later: whether a do-not-heal tag has been put on it since'),
  get('pinned key version', VERSION, 'again, a write later: whether a do-not-heal tag has been put on it since'),
  {
    what: 'PUT key of the server',
    route: `PUT ${SERVER}/keys/{key}`,
    why: '**the second write**: the key it has, so that it looks at it again',
  },
  { ...get('operation', OPERATION, 'as often as `Retry-After` says, until it has ended'), polls: true },
  ...SMALLEST_LOOK.map((call) => ({ ...call, why: 'verified: the whole path is healthy, and is the new baseline' })),
];

/** The durable steps of the same heal, as `orchestration/step`. A poll costs a timer and an activity. */
export type NeededStep = Needed & { readonly polls?: true };

const step = (orchestration: string, name: string, why: string): NeededStep => ({
  what: `${orchestration}/${name}`,
  why,
});

const begins = (kind: string): readonly NeededStep[] => [
  step('reconcileKey', kind, 'an orchestration of its own, whose id owns the lease'),
  step(kind, 'beginStep', 'lease and intent are kept before anything is sent'),
  step(kind, 'writeStep', 'everything from reading the target to the one write, in one go'),
];
const ends = (kind: string): NeededStep =>
  step(kind, 'endStep', "Azure's answer is history: it is entered, then the lease released");

export const SMALLEST_HISTORY: readonly NeededStep[] = [
  step('reconcileKey', 'assessKey', 'the decision must be history before anybody acts on it'),
  step('reconcileKey', 'recordAssessment', 'seen and decided are in the ledger before the first intent'),
  ...begins('extendKeyExpiry'),
  ends('extendKeyExpiry'),
  ...begins('revalidateConsumer'),
  { ...step('revalidateConsumer', 'timer', 'waits as long as `Retry-After` says'), polls: true },
  { ...step('revalidateConsumer', 'pollStep', 'one look at the operation'), polls: true },
  ends('revalidateConsumer'),
  step('reconcileKey', 'assessKey', 'verified: there is no other code for it'),
  step('reconcileKey', 'recordAssessment', 'the incident is closed, in the ledger and for people'),
  step('reconcileKey', 'settleKey', 'last: the wake-up is answered, unless another one came'),
];
