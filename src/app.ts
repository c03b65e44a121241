import { app } from '@azure/functions';
import { type Azure, openAzure } from './azure/azure.ts';
import { CLOUDS, issuersOf } from './azure/connection/clouds.ts';
import { openCredential } from './azure/connection/credential.ts';
import { AzureUnavailable } from './azure/failure/azure-unavailable.ts';
import { openShare } from './azure/http/share.ts';
import { nextDue } from './config/ncrontab.ts';
import { type Config, settingsInForce } from './config.ts';
import { hostSpan, log, warn } from './invocation.ts';
import type { AlertTokens, Durable, Guardian, Instances, TokenSettings } from './loop/guardian.ts';
import { openReach } from './loop/memory/open-reach.ts';
import type { Activities, StepInput } from './loop/messages.ts';
import { judgePosture } from './loop/posture/judge-posture.ts';
import { listPosture } from './loop/posture/list-posture.ts';
import { publishPosture } from './loop/posture/publish-posture.ts';
import { assessOrTell } from './loop/reconcile/assess-or-tell.ts';
import { isWanted } from './loop/reconcile/is-wanted.ts';
import { recordAssessment } from './loop/reconcile/record-assessment.ts';
import { settleKey } from './loop/reconcile/settle-key.ts';
import { openEndOfSweep } from './loop/schedule/end-of-sweep.ts';
import { openPulse } from './loop/schedule/health.ts';
import { listScope } from './loop/schedule/list-scope.ts';
import { openProbing, planProbe } from './loop/schedule/probe.ts';
import { purgeEnded } from './loop/schedule/purge-ended.ts';
import { openSendNotices } from './loop/schedule/send-notices.ts';
import { sweepKeys } from './loop/schedule/sweep-keys.ts';
import { takeMeasures } from './loop/schedule/take-measures.ts';
import { pollStep } from './loop/step/poll-step.ts';
import { beginStep, endStep } from './loop/step/step-activities.ts';
import { writeStep } from './loop/step/write-step.ts';
import { openKnownKeys } from './loop/wake/known-keys.ts';
import { type EventPath, openAttend, timerBeat } from './loop/wake/make-up.ts';
import { hearAlert } from './loop/wake/on-alert.ts';
import { onKeyVaultEvent } from './loop/wake/on-event.ts';
import { onResourceEvent } from './loop/wake/on-resource-event.ts';
import { openDurable, wakingAs } from './loop/wake/open-durable.ts';
import { openEndPauses } from './loop/wake/waiting-keys.ts';
import { openDelivery } from './notifications/deliver.ts';
import { openNotifier } from './notifications/notifier.ts';
import { openPeople } from './notifications/people.ts';
import { openPublisher } from './notifications/publisher.ts';
import { sourceOf } from './notifications/source.ts';
import { topicOf } from './notifications/topic-of.ts';
import type { Singleton } from './remediation/protocol/orchestrations.ts';
import { readConfigOnce } from './start.ts';
import { openStore, type Store } from './store/store.ts';
import type { RouteName, RouteNamed, Way } from './surface.ts';
import { routinely, type SpanFacts, traced } from './telemetry/trace.ts';
import { receiveAlert } from './web/alerts.ts';
import { keepSubscriptions, releaseSubscriptions } from './web/answer-missing.ts';
import { approvePlan, getPlan } from './web/approve-plan.ts';
import { openApprovePlans } from './web/approve-plans.ts';
import { getClientSettings } from './web/client-settings.ts';
import { CONTRACT, type QueryOf } from './web/contract/contract.ts';
import { getCoverage } from './web/coverage.ts';
import { allowHealing, forbidHealing } from './web/do-not-heal.ts';
import { azureUnavailable, type Door, type DoorAnswer, internalError } from './web/door.ts';
import { enter } from './web/enter.ts';
import { listExpiry } from './web/expiry.ts';
import { getProblem } from './web/get-problem.ts';
import { openHealthDetailsDoor, openHealthDoor } from './web/health.ts';
import { getHistory } from './web/history.ts';
import { getIncident } from './web/incident.ts';
import { listIncidents } from './web/incidents.ts';
import { getEvidence, getLedger } from './web/ledger.ts';
import { listReconciliations } from './web/list-reconciliations.ts';
import { getOpenApi } from './web/openapi.ts';
import { getOverrides, pause, resume } from './web/overrides.ts';
import { getPage, getPageFile } from './web/page.ts';
import { getPosture, lookAtPosture } from './web/posture.ts';
import { getQuarantined, listQuarantine, replayQuarantined } from './web/quarantine.ts';
import type { SentRequest } from './web/read-body.ts';
import { getReconciliation, startReconciliation } from './web/reconciliations.ts';
import { rejectPlan } from './web/reject-plan.ts';
import { openSettingsDoor } from './web/settings.ts';
import { startRepair } from './web/start-repair.ts';
import { listSubscriptions } from './web/subscriptions.ts';
import { openSummaryDoor } from './web/summary.ts';
import { startSweep } from './web/sweeps.ts';
import { acceptVaultMove } from './web/vault-moves.ts';
import { getWouldHave } from './web/would-have.ts';

const config = readConfigOnce();

// Telemetry is started before anything is traced or measured. Its code is loaded only where the settings name a
// destination.
if (config.exportsTelemetry) {
  const { openExport } = await import('./telemetry/export.ts');
  app.hook.appTerminate(openExport());
}

const identity = config.identityClientId === undefined ? {} : { identityClientId: config.identityClientId };

const storeOf = ({ storage, anchorsAccount, cloud, tablePrefix, identityClientId }: Config): Store => {
  const suffix = CLOUDS[cloud].storageSuffix;
  const credential = () => openCredential(identityClientId);
  const accountOf = (account: string) => ({ kind: 'account', account, suffix, credential }) as const;
  return openStore({
    tablePrefix,
    storage: storage.kind === 'account' ? accountOf(storage.account) : storage,
    ...(anchorsAccount !== undefined && { anchors: accountOf(anchorsAccount) }),
  });
};

const store = storeOf(config);

const reaching = openReach(config.scope, store.followed);
const reach = reaching.now;

const azureOf = ({ cloud, functionApp, auditWorkspace, look, topicEndpoint }: Config): Azure => {
  const named = {
    ...(functionApp !== undefined && { functionApp }),
    ...(auditWorkspace !== undefined && { auditWorkspace }),
    ...(topicEndpoint !== undefined && { topicEndpoint }),
  };
  return openAzure({ cloud, reach, look, ...identity, ...named }, store.backups, openShare(store.callers));
};

const azure = azureOf(config);

/**
 * The issuers of a tenant's tokens (versions 1 and 2), the address of the signing keys, and the address where people
 * sign in.
 */
const ofTenant = (cloud: Config['cloud'], tenantId: string): Omit<TokenSettings, 'audience'> => {
  const login = `${CLOUDS[cloud].loginEndpoint}/${tenantId}`;
  return {
    issuers: issuersOf(CLOUDS[cloud], tenantId),
    jwksUrl: `${login}/discovery/v2.0/keys`,
    tenantId,
    authorizeUrl: `${login}/oauth2/v2.0/authorize`,
  };
};

const tokensOf = ({ approvers, cloud }: Config): { tokens?: TokenSettings } => {
  if (!approvers) return {};
  const { tenantId, audience, issuer } = approvers;
  const tenant = ofTenant(cloud, tenantId);
  return { tokens: { ...tenant, audience, issuers: issuer === undefined ? tenant.issuers : [issuer] } };
};

const alertTokensOf = ({ alertSenders, cloud }: Config): { alertTokens?: AlertTokens } =>
  alertSenders ? { alertTokens: { ...alertSenders, ...ofTenant(cloud, alertSenders.tenantId) } } : {};

/** Azure tells an app its address. An app that runs elsewhere is reached on this machine. */
const pageOf = (host: string | undefined): string | undefined =>
  host === undefined ? undefined : `${host.startsWith('localhost') ? 'http' : 'https'}://${host}/api/ui`;

export const guardian: Guardian = {
  settings: {
    reach,
    vaultDomain: new URL(CLOUDS[config.cloud].vaultResource).hostname,
    quotaShare: config.quotaShare,
    schedules: {
      sweep: { nextDue: (after) => nextDue(config.sweepSchedule, after) },
      probe: { nextDue: (after) => nextDue(config.probeSchedule, after) },
      posture: { nextDue: (after) => nextDue(config.postureSchedule, after) },
    },
    summarySchedule: { nextDue: (after) => nextDue(config.summarySchedule, after) },
    policy: config.policy,
    remediation: config.remediation,
    ...(config.functionApp !== undefined && { functionApp: config.functionApp }),
    ...(config.ownerTag !== undefined && { ownerTag: config.ownerTag }),
    hasWebhook: config.notificationWebhook !== undefined || config.messageTargets.length > 0,
    hasTopic: config.topicEndpoint !== undefined,
    ...(config.changeNumber !== undefined && { changeNumber: config.changeNumber }),
    approval: { validity: config.approvalValidity, ...tokensOf(config) },
    ...alertTokensOf(config),
  },
  store,
  azure,
  renewReach: reaching.read,
  ...openPeople({
    notifier: openNotifier({ webhook: config.notificationWebhook, outbox: store.waitingNotices, log, warn }),
    delivery: openDelivery({
      targets: config.messageTargets,
      source: sourceOf(config),
      outboxOf: store.waitingFor,
      threads: store.threads,
      warn,
    }),
    page: pageOf(config.hostName),
  }),
  ...openPublisher({ topic: topicOf(azure), source: sourceOf(config), outbox: store.waitingEvents, warn }),
  log,
  warn,
};

export const durableOf = (instances: Instances): Durable => openDurable(guardian, instances);

const beginInTurn = async (which: Singleton, instances: Instances): Promise<void> => {
  await store.beats
    .beat(timerBeat(which), new Date().toISOString())
    .catch((error) => warn(`The beat of the timer could not be kept: ${String(error)}`));
  await durableOf(instances).start(which);
  await takeMeasures(guardian, which).catch((error) => warn(`Nothing could be measured now: ${String(error)}`));
};

/** One run at a time. A timer that finds a run at work does nothing: the schedule fires again. */
export const onTimer = (which: Singleton, instances: Instances): Promise<void> =>
  traced({ name: `timer ${which}`, parent: hostSpan() }, () => beginInTurn(which, instances));

export const onPurge = (instances: Instances): Promise<void> => purgeEnded(guardian, instances);

type Run<Name extends keyof Activities> = (
  input: Parameters<Activities[Name]>[0],
  durable: Durable,
) => Promise<ReturnType<Activities[Name]>>;

const endOfSweep = openEndOfSweep(guardian);
const probing = openProbing(guardian);
const sendNotices = openSendNotices(guardian);

const knownKeys = openKnownKeys(guardian);
const endPauses = openEndPauses(guardian);

/** The body of every activity. */
export const activities: { readonly [Name in keyof Activities]: Run<Name> } = {
  assessKey: (input, durable) => assessOrTell(guardian, durable, input),
  recordAssessment: (input) => recordAssessment(guardian, input),
  settleKey: (input) => settleKey(guardian, input),
  isWanted: (input) => isWanted(guardian, input),
  beginStep: (input) => beginStep(guardian, input),
  writeStep: (input) => writeStep(guardian, input),
  pollStep: (input) => pollStep(guardian, input),
  endStep: (input) => endStep(guardian, input),
  listScope: (_input, durable) => listScope(guardian, wakingAs('sweep', durable)),
  sweepKeys: (input, durable) => sweepKeys(guardian, wakingAs('sweep', durable), input),
  wakeLeftovers: (_input, durable) => endOfSweep(wakingAs('sweep', durable)),
  sendNotices,
  planProbe: () => planProbe(guardian),
  probeKeys: (input, durable) => probing(wakingAs('probe', durable), input),
  listPosture: () => listPosture(guardian),
  judgePosture: (input) => judgePosture(guardian, input),
  publishPosture: (input) => publishPosture(guardian, input),
  hearAlert: (input, durable) =>
    attending(hearAlert(guardian, knownKeys, wakingAs('alert', durable), input), durable, 'alert'),
};

/** Activities that read all keys again and again. Their calls to Azure make no spans, since there would be too many. */
const ROUTINE: ReadonlySet<string> = new Set([
  'listScope',
  'sweepKeys',
  'probeKeys',
  'listPosture',
  'judgePosture',
  'isWanted',
]);

/** The facts of a span that an activity's input holds (key, incident, step), and the span that it is a part of. */
const toldOf = (input: unknown): { readonly parent?: string; readonly told: SpanFacts } => {
  const { keyId, incident, step, traceparent } = (input ?? {}) as Partial<StepInput>;
  const told = { 'guardian.key': keyId, 'guardian.incident': incident || undefined, 'guardian.step': step?.kind };
  return { told, ...(traceparent !== undefined && { parent: traceparent }) };
};

/** Runs one activity. Its span is a part of the trace that its wake-up has begun. */
export const runActivity = (name: keyof Activities, input: unknown, durable: Durable): Promise<unknown> => {
  const run = async (): Promise<unknown> => {
    await reaching.renew();
    return activities[name](input as never, durable);
  };
  const { parent, told } = toldOf(input);
  const from = parent === undefined ? { parent: hostSpan() } : { parent, link: hostSpan() };
  return traced({ name, ...from, told }, ROUTINE.has(name) ? () => routinely(run) : run);
};

const attend = openAttend(guardian);

/**
 * Runs the work, and beside it starts whatever timer has not fired for too long: any caller can be the clock of the
 * product.
 */
const attending = async <Value>(work: Promise<Value>, durable: Durable, path?: EventPath): Promise<Value> => {
  const attended = attend(durable, path);
  try {
    return await work;
  } finally {
    await attended;
  }
};

export const hearKeyVault = (event: unknown, durable: Durable) =>
  traced({ name: 'event key-vault', parent: hostSpan() }, () =>
    attending(
      reaching.renew().then(() => onKeyVaultEvent(guardian, knownKeys, wakingAs('keyVaultEvent', durable), event)),
      durable,
      'key-vault',
    ),
  );

export const hearResources = (event: unknown, durable: Durable) =>
  traced({ name: 'event resource', parent: hostSpan() }, () =>
    attending(
      reaching
        .renew()
        .then(() => onResourceEvent(guardian, { knownKeys, endPauses }, wakingAs('resourceEvent', durable), event)),
      durable,
      'resource',
    ),
  );

const takePulse = openPulse(guardian, attend);

/** The handler of each route. */
const doors: { readonly [Name in RouteName]: Door<QueryOf<Name>> } = {
  'start-reconciliation': startReconciliation,
  'list-reconciliations': listReconciliations,
  'get-reconciliation': getReconciliation,
  'list-expiry': listExpiry,
  'get-summary': openSummaryDoor(),
  'start-repair': startRepair,
  'start-sweep': startSweep,
  'get-plan': getPlan,
  'approve-plan': approvePlan,
  'approve-plans': openApprovePlans((error) => failed('approve-plans', error)),
  'reject-plan': rejectPlan,
  'accept-vault-move': acceptVaultMove,
  'list-subscriptions': listSubscriptions,
  'release-subscriptions': releaseSubscriptions,
  'keep-subscriptions': keepSubscriptions,
  'list-incidents': listIncidents,
  'get-incident': getIncident,
  'get-history': getHistory,
  'get-would-have': getWouldHave,
  'get-ledger': getLedger,
  'get-evidence': getEvidence,
  'get-posture': getPosture,
  'look-at-posture': lookAtPosture,
  'get-coverage': getCoverage,
  'get-overrides': getOverrides,
  'get-orders': getOverrides,
  'get-openapi': getOpenApi,
  'get-client-settings': getClientSettings,
  'get-page': getPage,
  'get-page-file': getPageFile,
  'get-problem': getProblem,
  'get-health': openHealthDoor(takePulse),
  'get-health-details': openHealthDetailsDoor(takePulse),
  'get-settings': openSettingsDoor(settingsInForce()),
  pause,
  resume,
  'forbid-healing': forbidHealing,
  'allow-healing': allowHealing,
  'receive-alert': receiveAlert,
  'list-quarantine': listQuarantine,
  'get-quarantined': getQuarantined,
  'replay-quarantined': replayQuarantined,
};

/** Calls the handler of a route if the caller is authorized. */
const open = <Name extends RouteName>(one: RouteNamed<Name>, way: Way, request: SentRequest, durable: Durable) =>
  enter<QueryOf<Name>>({ one, way, row: CONTRACT[one.name], door: doors[one.name] }, request, guardian, durable);

const failed = (name: RouteName, error: unknown): DoorAnswer => {
  if (error instanceof AzureUnavailable) return azureUnavailable(error);
  guardian.log(
    `The door ${name} has failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return internalError();
};

export { answerUnknown } from './web/unknown-route.ts';

/** A dry run starts nothing, not even a sweep that is missing. */
const attendingUnlessDry = (request: SentRequest, work: Promise<DoorAnswer>, durable: Durable): Promise<DoorAnswer> =>
  request.query.get('dryRun') === 'true' ? work : attending(work, durable);

/**
 * Reads the scopes anew before a route answers. A route that needs no storage answers even if that read fails; a
 * subscription that is not known to be in scope then counts as out of scope.
 */
const renewForDoors = (): Promise<void> =>
  reaching.renew().catch((error) => warn(`What is in scope could not be read: ${String(error)}`));

/** The answer to a request; `way` says by which registration it came in. */
export const answer = (
  one: RouteNamed<RouteName>,
  way: Way,
  request: SentRequest,
  durable: Durable,
): Promise<DoorAnswer> =>
  traced({ name: `door ${one.name}`, parent: hostSpan() }, () =>
    attendingUnlessDry(
      request,
      renewForDoors().then(() => open(one, way, request, wakingAs('call', durable))),
      durable,
    ).catch((error: unknown) => failed(one.name, error)),
  );
