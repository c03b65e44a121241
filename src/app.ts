import { type Azure, openAzure } from './azure/azure.ts';
import { CLOUDS } from './azure/clouds.ts';
import { openCredential } from './azure/credential.ts';
import { type Config, loadConfig } from './config.ts';
import { assessKey } from './loop/assess-key.ts';
import type { Durable, Guardian, TokenSettings } from './loop/guardian.ts';
import type { Activities } from './loop/messages.ts';
import { onKeyVaultEvent } from './loop/on-event.ts';
import { pollStep } from './loop/poll-step.ts';
import { listPinned, probeKeys } from './loop/probe.ts';
import { recordAssessment } from './loop/record-assessment.ts';
import { settleKey } from './loop/settle-key.ts';
import { beginStep, endStep } from './loop/step-activities.ts';
import { listScope, sweepKeys, wakeLeftovers } from './loop/sweep.ts';
import { writeStep } from './loop/write-step.ts';
import { notify } from './notifications/notify.ts';
import { openStore, type Store } from './store/store.ts';
import { approvePlan, getPlan } from './web/approve-plan.ts';
import type { Door } from './web/door.ts';
import { getEvidence, getLedger, listIncidents } from './web/history.ts';
import { allowHealing, forbidHealing, getOrders, pause, resume } from './web/orders.ts';
import { getReconciliation, listReconciliations, startReconciliation } from './web/reconciliations.ts';
import { startRepair } from './web/start-repair.ts';

/** Wrong settings stop the start here, with every fault in one message. */
const config = loadConfig();

const identity = config.identityClientId === undefined ? {} : { identityClientId: config.identityClientId };

const storeOf = ({ storage, cloud, tablePrefix, identityClientId }: Config): Store => {
  const suffix = CLOUDS[cloud].storageSuffix;
  const credential = () => openCredential(identityClientId);
  return openStore({ tablePrefix, storage: storage.kind === 'account' ? { ...storage, suffix, credential } : storage });
};

const azureOf = ({ cloud, scopes }: Config): Azure => openAzure({ cloud, scopes, ...identity });

const tokensOf = ({ approvers, cloud }: Config): { tokens?: TokenSettings } => {
  if (!approvers) return {};
  const { tenantId, audience, issuer } = approvers;
  const login = `${CLOUDS[cloud].loginEndpoint}/${tenantId}`;
  const issuers = issuer === undefined ? [`${login}/v2.0`, `https://sts.windows.net/${tenantId}/`] : [issuer];
  return { tokens: { audience, issuers, jwksUrl: `${login}/discovery/v2.0/keys` } };
};

export const guardian: Guardian = {
  settings: {
    scopes: config.scopes,
    policy: config.policy,
    remediation: config.remediation,
    approval: { validity: config.approvalValidity, ...tokensOf(config) },
  },
  store: storeOf(config),
  azure: azureOf(config),
  notify: (notice) => notify(config.notificationWebhook, notice, (line) => console.log(line)),
};

/** NCRONTAB. From the settings rather than `%…%`, which has no default where the setting is missing. */
export const { sweepSchedule, probeSchedule } = config;

type Run<Name extends keyof Activities> = (
  input: Parameters<Activities[Name]>[0],
  durable: Durable,
) => Promise<ReturnType<Activities[Name]>>;

/** The body of every activity. */
export const activities: { readonly [Name in keyof Activities]: Run<Name> } = {
  assessKey: (input) => assessKey(guardian, input),
  recordAssessment: (input) => recordAssessment(guardian, input),
  settleKey: (input) => settleKey(guardian, input),
  beginStep: (input) => beginStep(guardian, input),
  writeStep: (input) => writeStep(guardian, input),
  pollStep: (input) => pollStep(guardian, input),
  endStep: (input) => endStep(guardian, input),
  listScope: () => listScope(guardian),
  sweepKeys: (input, durable) => sweepKeys(guardian, durable, input),
  wakeLeftovers: (_input, durable) => wakeLeftovers(guardian, durable),
  listPinned: () => listPinned(guardian),
  probeKeys: (input, durable) => probeKeys(guardian, durable, input),
};

export const hearKeyVault = (event: unknown, durable: Durable) => onKeyVaultEvent(guardian, durable, event);

export type Route = {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly route: string;
  /** `anonymous`: the door asks for a token of its own. */
  readonly authLevel: 'function' | 'anonymous';
  readonly door: Door;
};

const route = (name: string, method: Route['method'], path: string, door: Door): Route => ({
  name,
  method,
  route: path,
  authLevel: 'function',
  door,
});

/** The HTTP surface, below /api. */
export const routes: readonly Route[] = [
  route('start-reconciliation', 'POST', 'reconciliations', startReconciliation),
  route('list-reconciliations', 'GET', 'reconciliations', listReconciliations),
  route('get-reconciliation', 'GET', 'reconciliations/{id}', getReconciliation),
  route('start-repair', 'POST', 'orchestrators/{name}', startRepair),
  route('get-plan', 'GET', 'plans/{planId}', getPlan),
  { ...route('approve-plan', 'POST', 'plans/{planId}/approval', approvePlan), authLevel: 'anonymous' },
  route('list-incidents', 'GET', 'incidents', listIncidents),
  route('get-ledger', 'GET', 'ledger', getLedger),
  route('get-evidence', 'GET', 'evidence/{hash}', getEvidence),
  route('get-orders', 'GET', 'orders', getOrders),
  route('pause', 'PUT', 'pause', pause),
  route('resume', 'DELETE', 'pause', resume),
  route('forbid-healing', 'PUT', 'do-not-heal', forbidHealing),
  route('allow-healing', 'DELETE', 'do-not-heal', allowHealing),
];
