import { removeIdentities } from '../../../local/cloud/managed-identity/remove-identities.ts';
import { serverId, type WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import type { App } from '../../builders/app.ts';
import { breakLink } from '../../builders/breaking/break-link.ts';
import { theServer } from '../../builders/breaking/find-subject.ts';
import type { Kind, Link } from '../../builders/breaking/links.ts';
import { copyName, KEY_NAME, type Subject } from '../../builders/breaking/subjects.ts';
import { control } from '../../builders/control.ts';
import { DAY, MINUTE } from '../../builders/durations.ts';

/** The ways by which the product can learn of a loss. */
export const DOORS = ['key vault event', 'subscription event', 'alert', 'probe', 'sweep', 'person'] as const;
export type DoorName = (typeof DOORS)[number];

/** The reason why a way of detection cannot see the cause; a way that is not named here sees it. */
type Blind = Partial<Readonly<Record<DoorName, string>>>;

export type Cause = {
  readonly name: string;
  /** Of its consumer; its vault and its server are named after it. */
  readonly kind: Kind;
  readonly model?: Subject['model'];
  readonly versions?: number;
  /** The vault allows a purge of deleted keys. */
  readonly isPurgeable?: true;
  readonly expiresInDays?: number;
  readonly cannot: Blind;
  /** Name of the server that a person names in the request, where it is another server. */
  asksFor?(subject: Subject): string;
  /** Nothing where only time has to pass. */
  breaks?(app: App, subject: Subject): unknown;
};

/** The instant of all breaks after the start of the story: a minute after a sweep has begun. */
export const BREAKS_AT = 21 * MINUTE;

const DATA_PLANE = 'Resource Manager is told of nothing that is done to a key';
const NO_KEY_EVENT = 'Key Vault has no event for it';
const PURGED_UNSEEN = 'a 404 of what Azure does not list as deleted proves nothing: the next sweep has it looked at';
const NOT_IN_VERSIONS = 'the probe reads versions of keys and nothing else';
const NOT_OF_VAULT = 'it is nothing of the vault';
const NOBODY_ACTS = 'time passes, and nobody does anything';

const link = (broken: Link) => (app: App, subject: Subject) => breakLink(app.cloud.world, subject, broken);
const attributes =
  (make: (now: number) => { exp?: number; nbf?: number }) =>
  (app: App, { vault }: Subject) =>
    app.cloud.world.keyVault.setAttributes(vault, KEY_NAME, undefined, make(Math.floor(app.clock.now() / 1_000)));
const DAY_S = DAY / 1_000;

export const CAUSES: readonly Cause[] = [
  {
    name: 'the key version in use is near its expiry',
    kind: 'single',
    expiresInDays: (30 * DAY + BREAKS_AT) / DAY,
    cannot: { 'subscription event': NOBODY_ACTS, alert: NOBODY_ACTS },
  },
  {
    name: 'the key version in use expires',
    kind: 'single',
    expiresInDays: 90,
    cannot: { 'subscription event': NOBODY_ACTS },
    breaks: link('keyExpired'),
  },
  {
    name: 'the version in use expires and is not the current one',
    kind: 'single',
    versions: 2,
    expiresInDays: 90,
    cannot: { 'key vault event': 'Key Vault tells of the current version alone', 'subscription event': NOBODY_ACTS },
    breaks: ({ cloud, clock }, { vault }) => {
      const [first] = cloud.world.keyVault.key(vault, KEY_NAME)?.versions ?? [];
      cloud.world.keyVault.letExpire(vault, KEY_NAME, first?.version, Math.floor((clock.now() - DAY) / 1_000));
    },
  },
  {
    name: 'somebody sets its expiry to a time that is over',
    kind: 'single',
    cannot: { 'subscription event': DATA_PLANE },
    breaks: attributes((now) => ({ exp: now - DAY_S })),
  },
  {
    name: 'somebody sets its activation to a time that lies ahead',
    kind: 'single',
    cannot: { 'key vault event': NO_KEY_EVENT, 'subscription event': DATA_PLANE },
    breaks: attributes((now) => ({ nbf: now + DAY_S })),
  },
  {
    name: 'the key is disabled',
    kind: 'single',
    cannot: { 'key vault event': NO_KEY_EVENT, 'subscription event': DATA_PLANE },
    breaks: link('keyDisabled'),
  },
  {
    name: 'the key is deleted',
    kind: 'flexible',
    cannot: { 'key vault event': NO_KEY_EVENT, 'subscription event': DATA_PLANE },
    breaks: link('keyDeleted'),
  },
  {
    name: 'the key is deleted, and purged half a minute later',
    kind: 'flexible',
    isPurgeable: true,
    cannot: { 'key vault event': NO_KEY_EVENT, 'subscription event': DATA_PLANE, probe: PURGED_UNSEEN },
    breaks: ({ cloud, clock }, { vault }) => {
      cloud.world.keyVault.deleteKey(vault, KEY_NAME);
      clock.setTimeout(() => cloud.world.keyVault.purgeKey(vault, KEY_NAME), MINUTE / 2);
    },
  },
  {
    name: 'the key of a disk encryption set is disabled',
    kind: 'set',
    cannot: { 'key vault event': NO_KEY_EVENT, 'subscription event': DATA_PLANE },
    breaks: link('keyDisabled'),
  },
  {
    name: 'the key version of a disk encryption set expires',
    kind: 'set',
    expiresInDays: 90,
    cannot: { 'subscription event': NOBODY_ACTS },
    breaks: link('keyExpired'),
  },
  {
    name: 'an access policy is taken away',
    kind: 'flexible',
    cannot: { probe: NOT_IN_VERSIONS },
    breaks: link('accessRemoved'),
  },
  {
    name: 'a role assignment at the key is taken away',
    kind: 'flexible',
    model: 'roles',
    cannot: { 'key vault event': NOT_OF_VAULT, probe: NOT_IN_VERSIONS },
    breaks: link('accessRemoved'),
  },
  {
    name: 'the vault asks roles instead of access policies',
    kind: 'single',
    cannot: { probe: 'the product read the vault by an access policy as well' },
    breaks: (app, { vault }) => control(app, 'break/set-permission-model', { vault, model: 'roles' }),
  },
  {
    name: 'the firewall keeps trusted services out',
    kind: 'single',
    cannot: { 'key vault event': 'Key Vault tells of access policies alone', probe: NOT_IN_VERSIONS },
    breaks: link('networkClosed'),
  },
  {
    name: 'the vault is deleted',
    kind: 'single',
    cannot: { 'key vault event': 'its event subscriptions go with it' },
    breaks: link('vaultDeleted'),
  },
  {
    name: 'the identity is taken off the server',
    kind: 'single',
    cannot: { 'key vault event': NOT_OF_VAULT, probe: NOT_IN_VERSIONS },
    breaks: link('identityRemoved'),
  },
  {
    name: 'the user-assigned identity is deleted',
    kind: 'flexible',
    cannot: {
      'key vault event': NOT_OF_VAULT,
      alert: 'no vault is asked any more, and Resource Health is played for single servers alone',
      probe: NOT_IN_VERSIONS,
    },
    breaks: ({ cloud: { world } }, { name }) => {
      const server = theServer(world, name);
      removeIdentities(world, server.generation === 'flexible' ? Object.keys(server.identities) : []);
    },
  },
  {
    name: 'a replica is made, which may not use the key',
    kind: 'single',
    cannot: { 'key vault event': NOT_OF_VAULT, alert: 'nothing that was well has failed', probe: NOT_IN_VERSIONS },
    breaks: link('copyFresh'),
    asksFor: (subject) => copyName(subject),
  },
];

export const subjectOf = (cause: Cause): Subject & Pick<Cause, 'kind'> => {
  const n = CAUSES.indexOf(cause);
  const { kind, model = 'accessPolicies' } = cause;
  return { kind, model, name: `server-${n}`, vault: `kv-cause-${n}`, links: [] };
};

export const keyOfCause = (cause: Cause): string =>
  `https://${subjectOf(cause).vault}.vault.azure.net/keys/${KEY_NAME}`;

/** The id of the server, or the name of the set, that a person would ask about. */
export const askedOf = (cause: Cause): string => {
  const name = cause.asksFor?.(subjectOf(cause)) ?? subjectOf(cause).name;
  return cause.kind === 'set' ? name : serverId(cause.kind, name);
};

/** A vault and a server for every cause: no cause affects the resources of another. */
export const worldOfCauses = (): WorldPlan => ({
  vaults: CAUSES.map((cause) => {
    const { vault, model } = subjectOf(cause);
    const { versions = 1, expiresInDays, isPurgeable } = cause;
    return {
      name: vault,
      permissions: model,
      ...(isPurgeable && { keeps: 'what is deleted' as const }),
      keys: [{ name: KEY_NAME, versions, ...(expiresInDays !== undefined && { expiresInDays }) }],
    };
  }),
  servers: CAUSES.flatMap((cause) => {
    const { name, vault, kind } = subjectOf(cause);
    if (kind === 'set') return [];
    return [{ name, generation: kind, vault, key: KEY_NAME, ...(cause.versions && { version: 1 }) }];
  }),
  sets: CAUSES.flatMap((cause) => {
    const { name, vault, kind } = subjectOf(cause);
    return kind === 'set' ? [{ name, vault, key: KEY_NAME, machines: 1 }] : [];
  }),
});
