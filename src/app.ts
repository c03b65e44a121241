import { type Azure, openAzure } from './azure/azure.ts';
import { CLOUDS } from './azure/connection/clouds.ts';
import { openCredential } from './azure/connection/credential.ts';
import { AzureUnavailable } from './azure/failure/azure-unavailable.ts';
import { dueAfter } from './config/ncrontab.ts';
import type { Config } from './config.ts';
import type { Durable, Guardian, TokenSettings } from './loop/guardian.ts';
import type { Activities } from './loop/messages.ts';
import { judgePosture } from './loop/posture/judge-posture.ts';
import { listPosture } from './loop/posture/list-posture.ts';
import { publishPosture } from './loop/posture/publish-posture.ts';
import { assessKey } from './loop/reconcile/assess-key.ts';
import { recordAssessment } from './loop/reconcile/record-assessment.ts';
import { settleKey } from './loop/reconcile/settle-key.ts';
import { listScope } from './loop/schedule/list-scope.ts';
import { planProbe, probeKeys } from './loop/schedule/probe.ts';
import { sweepKeys } from './loop/schedule/sweep-keys.ts';
import { wakeLeftovers } from './loop/schedule/wake-leftovers.ts';
import { pollStep } from './loop/step/poll-step.ts';
import { beginStep, endStep } from './loop/step/step-activities.ts';
import { writeStep } from './loop/step/write-step.ts';
import { openKnownKeys } from './loop/wake/known-keys.ts';
import { onKeyVaultEvent } from './loop/wake/on-event.ts';
import { onResourceEvent } from './loop/wake/on-resource-event.ts';
import { notify } from './notifications/notify.ts';
import { readConfigOnce } from './start.ts';
import { openStore, type Store } from './store/store.ts';
import type { RouteName } from './surface.ts';
import { approvePlan, getPlan } from './web/approve-plan.ts';
import { getCoverage } from './web/coverage.ts';
import { azureUnavailable, type Door, type DoorAnswer, open, type SentRequest } from './web/door.ts';
import { getEvidence, getLedger, listIncidents } from './web/history.ts';
import { allowHealing, forbidHealing, getOrders, pause, resume } from './web/orders.ts';
import { getPosture, lookAtPosture } from './web/posture.ts';
import { getReconciliation, listReconciliations, startReconciliation } from './web/reconciliations.ts';
import { startRepair } from './web/start-repair.ts';

const config = readConfigOnce();

const identity = config.identityClientId === undefined ? {} : { identityClientId: config.identityClientId };

const storeOf = ({ storage, cloud, tablePrefix, identityClientId }: Config): Store => {
  const suffix = CLOUDS[cloud].storageSuffix;
  const credential = () => openCredential(identityClientId);
  return openStore({ tablePrefix, storage: storage.kind === 'account' ? { ...storage, suffix, credential } : storage });
};

const store = storeOf(config);

const azureOf = ({ cloud, functionApp, scopes }: Config): Azure =>
  openAzure({ cloud, scopes, ...identity, ...(functionApp !== undefined && { functionApp }) }, store.backups);

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
    quotaShare: config.quotaShare,
    probeDueAfter: (now) => dueAfter(config.probeSchedule, now),
    policy: config.policy,
    remediation: config.remediation,
    approval: { validity: config.approvalValidity, ...tokensOf(config) },
  },
  store,
  azure: azureOf(config),
  notify: (notice) => notify(config.notificationWebhook, notice, (line) => console.log(line)),
  log: (line) => console.log(line),
};

type Run<Name extends keyof Activities> = (
  input: Parameters<Activities[Name]>[0],
  durable: Durable,
) => Promise<ReturnType<Activities[Name]>>;

/** The body of every activity. */
export const activities: { readonly [Name in keyof Activities]: Run<Name> } = {
  assessKey: (input, durable) => assessKey(guardian, durable, input),
  recordAssessment: (input) => recordAssessment(guardian, input),
  settleKey: (input) => settleKey(guardian, input),
  beginStep: (input) => beginStep(guardian, input),
  writeStep: (input) => writeStep(guardian, input),
  pollStep: (input) => pollStep(guardian, input),
  endStep: (input) => endStep(guardian, input),
  listScope: (_input, durable) => listScope(guardian, durable),
  sweepKeys: (input, durable) => sweepKeys(guardian, durable, input),
  wakeLeftovers: (_input, durable) => wakeLeftovers(guardian, durable),
  planProbe: () => planProbe(guardian),
  probeKeys: (input, durable) => probeKeys(guardian, durable, input),
  listPosture: () => listPosture(guardian),
  judgePosture: (input) => judgePosture(guardian, input),
  publishPosture: (input) => publishPosture(guardian, input),
};

const knownKeys = openKnownKeys(guardian);

export const hearKeyVault = (event: unknown, durable: Durable) => onKeyVaultEvent(guardian, knownKeys, durable, event);

export const hearResources = (event: unknown, durable: Durable) => onResourceEvent(guardian, knownKeys, durable, event);

/** Who answers each route. */
const doors: Readonly<Record<RouteName, Door>> = {
  'start-reconciliation': startReconciliation,
  'list-reconciliations': listReconciliations,
  'get-reconciliation': getReconciliation,
  'start-repair': startRepair,
  'get-plan': getPlan,
  'approve-plan': approvePlan,
  'list-incidents': listIncidents,
  'get-ledger': getLedger,
  'get-evidence': getEvidence,
  'get-posture': getPosture,
  'look-at-posture': lookAtPosture,
  'get-coverage': getCoverage,
  'get-orders': getOrders,
  pause,
  resume,
  'forbid-healing': forbidHealing,
  'allow-healing': allowHealing,
};

export const answer = (route: RouteName, request: SentRequest, durable: Durable): Promise<DoorAnswer> =>
  open(doors[route], request, guardian, durable).catch((error: unknown) => {
    if (error instanceof AzureUnavailable) return azureUnavailable(error);
    throw error;
  });
