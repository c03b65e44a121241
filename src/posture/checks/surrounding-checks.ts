import type { NetworkRules } from '../../remediation/facts.ts';
import type { Checks } from '../check.ts';
import {
  alertOnKeyLoss,
  backupKey,
  deleteLock,
  letTrustedServicesIn,
  lockVault,
  logAudit,
  noteEscrow,
  privateEndpoint,
} from '../commands.ts';
import type { AlertRule, LogSetting, PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, pass, unclear } from '../judgement.ts';
import { vaultIdOf } from '../path.ts';
import { placeOf } from '../place-of.ts';

/** Whether trusted services, which every consumer is, get in: a perimeter overrides the bypass (Key Vault, network security). */
const letsTrustedIn = ({ publicNetworkAccess, defaultAction, bypass }: NetworkRules): boolean | undefined => {
  if (publicNetworkAccess === 'SecuredByPerimeter') return undefined;
  return bypass === 'AzureServices' || (publicNetworkAccess === 'Enabled' && defaultAction === 'Allow');
};

const onNetwork =
  (judge: (network: NetworkRules, path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    judged(
      path.observation.vault,
      ({ network }) => judge(network, path),
      () => unclear('there is no vault to judge'),
    );

const told = ({ publicNetworkAccess, defaultAction, bypass }: NetworkRules): string =>
  `publicNetworkAccess ${publicNetworkAccess}, defaultAction ${defaultAction}, bypass ${bypass}`;

const trustedServicesPass = onNetwork((network, path) => {
  const passes = letsTrustedIn(network);
  return passes === undefined
    ? unclear(`${told(network)}: the rules of the perimeter decide`)
    : holds(passes, told(network), letTrustedServicesIn(vaultIdOf(path)));
});

const closedToOthers = onNetwork((network, path) => {
  const isOpen = network.publicNetworkAccess === 'Enabled' && network.defaultAction === 'Allow';
  const passes = letsTrustedIn(network);
  if (passes === undefined) return unclear(`${told(network)}: the rules of the perimeter decide`);
  return holds(
    passes && !isOpen,
    told(network),
    letTrustedServicesIn(vaultIdOf(path)),
    privateEndpoint(vaultIdOf(path)),
  );
});

const locked = (path: PathFacts): Judgement =>
  judged(
    path.locks,
    (locks) => {
      const readOnly = locks.find(({ level }) => level === 'ReadOnly');
      if (readOnly)
        return fail(`${readOnly.id} makes it read-only: nothing of it could be repaired`, deleteLock(readOnly.id));
      return holds(
        locks.length > 0,
        locks.map(({ id }) => id).join(', ') || 'no lock; keys would not be covered by one either',
        lockVault(vaultIdOf(path)),
      );
    },
    () => unclear('there is no vault to lock'),
  );

const logs =
  (isEnough: (setting: LogSetting) => boolean) =>
  (path: PathFacts): Judgement =>
    judged(
      path.logs,
      (settings) => {
        const found = settings.find((one) => one.audits && isEnough(one));
        return found
          ? pass(`${found.name} to ${found.destinations.join(', ')}`)
          : fail('no setting logs who uses its keys there', logAudit(vaultIdOf(path)));
      },
      () => unclear('there is no vault to log'),
    );

const DAY_MS = 86_400_000;

/** A server uses its key every few minutes. */
const keyInUse = (path: PathFacts): Judgement =>
  judged(
    path.lastUse,
    (at) => holds(Date.parse(path.now) - Date.parse(at) < DAY_MS, `last used on ${at}`),
    () => fail('its identity never used the key'),
  );

const backedUp = (path: PathFacts): Judgement =>
  judged(
    path.backup,
    ({ name, takenOn }) => {
      const version = path.observation.versions[path.consumer.pinned.version];
      const isOlder = version?.kind === 'present' && takenOn < version.value.createdOn;
      return holds(
        !isOlder,
        `${name} of ${takenOn}${isOlder ? ', from before this version was made' : ''}`,
        ...backupKey(path.observation.key),
      );
    },
    () => fail('no backup is recorded', ...backupKey(path.observation.key)),
  );

/** The tag `cmk-guardian:escrow` of the vault holds the date on which its owner attested it. */
const escrowed = (path: PathFacts): Judgement =>
  judged(
    path.observation.vault,
    ({ tags, id }) => {
      const date = tags['cmk-guardian:escrow'];
      return holds(
        date !== undefined && !Number.isNaN(Date.parse(date)),
        date === undefined ? 'no escrow is attested' : `attested on ${date}`,
        noteEscrow(id),
      );
    },
    () => unclear('there is no vault to look at'),
  );

const watches = ({ scopes, enabled, categories }: AlertRule, id: string): boolean =>
  enabled &&
  categories.some((one) => one === 'resourcehealth' || one === 'administrative') &&
  scopes.some((scope) => id === scope || id.startsWith(`${scope}/`));

const alerted =
  (isEnough: (rule: AlertRule) => boolean) =>
  (path: PathFacts): Judgement => {
    const id = path.consumer.id.toLowerCase();
    const plan = alertOnKeyLoss(placeOf(id).subscriptionId);
    return judged(
      path.alerts,
      (rules) => {
        const found = rules.find((rule) => watches(rule, id) && isEnough(rule));
        return found ? pass(found.id) : fail('no such alert rule watches it', ...plan);
      },
      () => fail('there is no alert rule', ...plan),
    );
  };

const toAnalysts = logs(({ destinations }) => destinations.includes('workspace') || destinations.includes('eventHub'));

export const SURROUNDING_CHECKS = {
  auditEventsLogged: { judge: logs(() => true), page: 'auditLoggingOff' },
  keyInUse: { judge: keyInUse, page: 'auditLoggingOff' },
  vaultLocked: { judge: locked, page: 'vaultNotLocked' },
  auditEventsAnalysed: { judge: toAnalysts, page: 'auditLoggingOff' },
  onlyTrustedNetworks: { judge: closedToOthers, page: 'privateEndpointMissing' },
  keyEscrowed: { judge: escrowed, page: 'backupMissing' },
  keyBackedUp: { judge: backedUp, page: 'backupMissing' },
  trustedServicesPass: { judge: trustedServicesPass, page: 'vaultFirewallBlocks' },
  keyLossAlerted: { judge: alerted(() => true), page: 'alertMissing' },
  alertReachesBoth: {
    judge: alerted(({ receivers }) => receivers.includes('webhook') && receivers.includes('person')),
    page: 'alertMissing',
  },
} as const satisfies Checks<PathFacts>;
