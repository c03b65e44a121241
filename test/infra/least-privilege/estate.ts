import { ALERT_TYPES, type AlertResource } from '../../../local/cloud/monitor/alerts.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { A_WHILE, type App, HOUR, MINUTE } from '../../builders/app.ts';
import { KEY_NAME } from '../../builders/breaking/subjects.ts';
import { LANDING_SCOPE, letReadBelow } from '../../builders/landing-zones.ts';
import { takeOne } from '../../builders/rights.ts';
import { everyPage, postureLines } from './posture-lines.ts';

/*
 * An estate in which every read of the product has an effect: a vault that shuts it out, a server that is down, a set with
 * machines and a cluster, a set in a group that Azure hides, a lock, a rule that alerts people and machines, and a disabled
 * subscription. The product only observes, so that the estate stays unchanged while one read after the other is taken away.
 */

const subscription = `/subscriptions/${subscriptionId}`;
const data = `${subscription}/resourceGroups/data/providers`;
const HIDDEN = 'hidden';
const HIDDEN_GROUP = `${subscription}/resourceGroups/${HIDDEN}`;

const VAULTS = { whole: 'kv-whole', shut: 'kv-shut', off: 'kv-off', hidden: 'kv-hidden' } as const;
/** The subscription, and a management group with none below it. */
export const SCOPE = `${subscription},${LANDING_SCOPE}`;

export const ESTATE: WorldPlan = {
  vaults: Object.values(VAULTS).map((name) => ({
    name,
    permissions: 'roles',
    keys: [{ name: KEY_NAME, expiresInDays: 90 }],
  })),
  servers: [
    { name: 'shut', generation: 'single', vault: VAULTS.shut, key: KEY_NAME },
    { name: 'down', generation: 'single', vault: VAULTS.off, key: KEY_NAME },
  ],
  sets: [
    { name: 'disks', vault: VAULTS.whole, key: KEY_NAME, machines: 1 },
    { name: HIDDEN, vault: VAULTS.hidden, key: KEY_NAME, group: HIDDEN },
  ],
  clusters: [{ name: 'aks', set: 'disks', pools: [{ name: 'system' }] }],
};

/** The receivers of an alert about a server that is down: people by mail, and a function. */
const alertRule = (): readonly AlertResource[] => {
  const group = `${data}/Microsoft.Insights/actionGroups/all`;
  const receivers = {
    emailReceivers: [{ name: 'on-call', emailAddress: 'on-call@contoso.com' }],
    azureFunctionReceivers: [{ name: 'guardian' }],
  };
  const watched = {
    enabled: true,
    scopes: [subscription],
    condition: { allOf: [{ field: 'category', equals: 'ResourceHealth' }] },
    actions: { actionGroups: [{ actionGroupId: group }] },
  };
  return [
    { id: group, name: 'all', type: ALERT_TYPES.group, properties: receivers, location: 'global', tags: {} },
    {
      id: `${data}/Microsoft.Insights/activityLogAlerts/loss`,
      name: 'loss',
      type: ALERT_TYPES.rule,
      properties: watched,
      location: 'global',
      tags: {},
    },
  ];
};

/** Makes the estate, and breaks the parts that must be broken; the product has seen everything once before. */
export const furnishEstate = async (app: App): Promise<void> => {
  const { alerts, keyVault, locks, subscriptions } = app.cloud.world;
  letReadBelow(app);
  locks.put({ scope: `${data}/Microsoft.KeyVault/vaults/${VAULTS.whole}`, name: 'keep', level: 'CanNotDelete' });
  keyVault.updateVault(VAULTS.shut, {
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
  });
  await app.pass(A_WHILE);
  keyVault.setAttributes(VAULTS.off, KEY_NAME, undefined, { enabled: false });
  await app.pass(30 * MINUTE);
  for (const one of alertRule()) alerts.put(one);
  subscriptions.hide(HIDDEN_GROUP);
  Object.assign(subscriptions.get(subscriptionId) ?? {}, { disabled: true });
};

type Reconciliation = {
  readonly key: string;
  readonly verdict: string;
  readonly nextAction: { readonly sentence: string };
};

/** The product's view of the estate. */
export type Shown = {
  /** `row check subject: verdict` of its report, and `key: verdict. next action` of its would-have list. */
  readonly lines: readonly string[];
  /** The texts: the evidence in its report, and the next actions. */
  readonly words: readonly string[];
};

/** Facts that the product remembers for a longer time. */
const IS_FORGOTTEN: Readonly<Record<string, (app: App) => Promise<void>>> = {
  // The product believes for an hour that a subscription is disabled.
  'Microsoft.Resources/subscriptions/read': (app) => app.pass(HOUR),
  // A key that the product could not see stays so until the product sees it: the group stays hidden while the read is forbidden.
  'Microsoft.Resources/subscriptions/resourceGroups/read': async (app) => {
    const { subscriptions } = app.cloud.world;
    subscriptions.show(HIDDEN_GROUP);
    await app.pass(A_WHILE);
    subscriptions.hide(HIDDEN_GROUP);
  },
};

/**
 * Looks at everything after a while, in which the product reads roles again (every ten minutes), and everything that was given
 * back.
 */
export const lookAround = async (app: App): Promise<Shown> => {
  await app.pass(A_WHILE);
  const report = await postureLines(app);
  const unreadable = await everyPage<string>(app, '/api/posture', 'unreadable');
  const keys = await everyPage<Reconciliation>(app, '/api/reconciliations?verdict=all', 'value');
  return {
    lines: [
      ...report
        .filter(({ row }) => row !== 'rights' && row !== 'coverage')
        .map(({ row, check, subject, verdict }) => `${row} ${check} ${subject}: ${verdict}`),
      ...keys.map(({ key, verdict, nextAction: { sentence } }) => `${key}: ${verdict}. ${sentence}`),
      ...new Set(unreadable.map((why) => `unreadable: ${why.replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'then')}`)),
    ].toSorted(),
    words: [
      ...report.map(({ evidence }) => evidence),
      ...unreadable,
      ...keys.map(({ nextAction: { sentence } }) => sentence),
    ],
  };
};

/** The same without a read, which is given back. */
export const lookAroundWithout = async (app: App, read: string): Promise<Shown> => {
  const giveBack = takeOne(read)(app);
  await IS_FORGOTTEN[read]?.(app);
  const shown = await lookAround(app);
  giveBack();
  return shown;
};
