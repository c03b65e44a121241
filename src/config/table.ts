import { REVERSAL_STEPS } from '../remediation/steps/steps.ts';
import * as formats from './formats.ts';
import { messageTargets } from './message-targets.ts';
import { settings } from './setting.ts';

const DURATION = 'an ISO 8601 duration of whole numbers, such as P30D, P1Y or PT6H';
const GUID = 'a GUID';

/** Every setting of the app, in the order of docs/settings.md. */
export const SETTINGS = settings({
  mode: {
    name: 'GUARDIAN_MODE',
    parse: formats.oneOf(['observe', 'approve', 'auto']),
    default: 'observe',
    allowed: 'observe, approve or auto, in lower case',
    purpose: 'What it may do: report only; ask before every step; or heal what only restores and ask for the rest.',
  },
  scopes: {
    name: 'GUARDIAN_SCOPE',
    parse: formats.estateScope,
    allowed:
      'one or more of /subscriptions/{id}, /subscriptions/{id}/resourceGroups/{name} and /providers/Microsoft.Management/managementGroups/{name}, and what is excluded of them as !/subscriptions/{id} or !/subscriptions/{id}/resourceGroups/{name}, separated by commas',
    purpose:
      'Where vaults and encrypted resources are watched and healed. Nothing outside is read or touched. Subscriptions below a management group are followed; an exclusion always wins.',
    example: '/subscriptions/00000000-0000-0000-0000-000000000000',
  },
  autoReverse: {
    name: 'GUARDIAN_AUTO_REVERSE',
    parse: formats.reversals,
    default: 'recoverVault@*,recoverKey@*',
    whenEmpty: 'none',
    allowed: `none, all, or entries step@scope separated by commas: step is one of ${REVERSAL_STEPS.join(', ')}; scope is * or a subscription, resource group or resource id`,
    purpose:
      'Steps that undo somebody’s act and need no approval in mode auto; with none, or left empty, each of them asks. What cannot be undone, and a key or identity that a person chose, always asks.',
  },
  dedicatedVaults: {
    name: 'GUARDIAN_DEDICATED_VAULTS',
    parse: formats.vaultNames,
    optional: true,
    allowed: 'names of key vaults separated by commas',
    purpose: 'Vaults that hold nothing but encryption keys: there an access policy may be given without asking.',
  },
  trustedRestores: {
    name: 'GUARDIAN_TRUSTED_RESTORES',
    parse: formats.scopes,
    optional: true,
    allowed: 'one or more of /subscriptions/{id} and /subscriptions/{id}/resourceGroups/{name}, separated by commas',
    purpose:
      'Where a restored MySQL single server gets its key without asking, though Azure does not say what it was restored from.',
  },
  nearExpiry: {
    name: 'GUARDIAN_NEAR_EXPIRY',
    parse: formats.duration,
    default: 'P30D',
    allowed: DURATION,
    purpose: 'A key version in use that expires within this time is extended before anything breaks.',
  },
  extension: {
    name: 'GUARDIAN_KEY_EXTENSION',
    parse: formats.duration,
    default: 'P1Y',
    allowed: `${DURATION}, longer than GUARDIAN_NEAR_EXPIRY`,
    purpose: 'How long a key version stays valid after it was extended.',
  },
  maximumKeyAge: {
    name: 'GUARDIAN_MAXIMUM_KEY_AGE',
    parse: formats.duration,
    default: 'P5Y',
    allowed: `${DURATION}, not shorter than GUARDIAN_KEY_EXTENSION`,
    purpose: 'No key version is extended past this age: then it is time for a new one.',
  },
  fuseRootCauses: {
    name: 'GUARDIAN_FUSE_ROOT_CAUSES',
    parse: formats.count,
    default: '5',
    allowed: 'a whole number from 1 to 9999',
    purpose:
      'As many independent root causes within the window mean a systemic fault: every step asks that undoes something, gives access or cannot be undone.',
  },
  fuseShare: {
    name: 'GUARDIAN_FUSE_SHARE',
    parse: formats.percent,
    default: '0',
    allowed: 'a whole number from 0 to 100',
    purpose:
      'In a big estate the fuse blows only when as many root causes are also this share, in percent, of the keys in use. With 0 the number alone decides.',
  },
  fuseWindow: {
    name: 'GUARDIAN_FUSE_WINDOW',
    parse: formats.minutes,
    default: 'PT1H',
    allowed: DURATION,
    purpose: 'The window in which root causes are counted.',
  },
  silence: {
    name: 'GUARDIAN_SILENCE',
    parse: formats.duration,
    default: 'P1D',
    allowed: DURATION,
    purpose:
      'After so long without a sweep it repairs nothing for an hour and reports what it would do, unless somebody lifts the pause.',
  },
  doNotHealTag: {
    name: 'GUARDIAN_DO_NOT_HEAL_TAG',
    parse: formats.tagName,
    default: 'cmk-guardian:do-not-heal',
    allowed: 'a tag name without < > % & \\ ? /',
    purpose: 'A key, vault or consumer with this tag is reported and never touched.',
  },
  ownerTag: {
    name: 'GUARDIAN_OWNER_TAG',
    parse: formats.tagName,
    optional: true,
    allowed: 'a tag name without < > % & \\ ? /',
    purpose:
      'The tag that says who owns a consumer, or else its vault: GET /api/reconciliations shows it and filters by it. Nothing is decided by it.',
  },
  sweepSchedule: {
    name: 'GUARDIAN_SWEEP_SCHEDULE',
    parse: formats.schedule,
    default: '0 */5 * * * *',
    allowed: 'an NCRONTAB expression of six fields: second, minute, hour, day, month, day of the week',
    purpose: 'When everything in scope is looked at, whether or not an event came.',
  },
  probeSchedule: {
    name: 'GUARDIAN_PROBE_SCHEDULE',
    parse: formats.schedule,
    default: '0 * * * * *',
    allowed: 'an NCRONTAB expression of six fields: second, minute, hour, day, month, day of the week',
    purpose: 'When the key versions in use are looked at: Key Vault has no event for one that is deleted or disabled.',
  },
  postureSchedule: {
    name: 'GUARDIAN_POSTURE_SCHEDULE',
    parse: formats.schedule,
    default: '0 7 * * * *',
    allowed: 'an NCRONTAB expression of six fields: second, minute, hour, day, month, day of the week',
    purpose: 'When the posture report is made: every row of the acceptance table about everything in scope.',
  },
  summarySchedule: {
    name: 'GUARDIAN_SUMMARY_SCHEDULE',
    parse: formats.schedule,
    default: '0 0 8 * * 1',
    allowed: 'an NCRONTAB expression of six fields: second, minute, hour, day, month, day of the week',
    purpose: 'When people are told how the time since the last summary was: on Mondays at eight in UTC.',
  },
  quotaShare: {
    name: 'GUARDIAN_QUOTA_SHARE',
    parse: formats.quotaShare,
    default: '25',
    allowed: 'a whole number of percent from 1 to 100',
    purpose: 'What probe and sweep together may take of the request quota of each vault and of each subscription.',
  },
  look: {
    name: 'GUARDIAN_LOOK',
    parse: formats.oneOf(['single', 'dataPlaneList', 'resourceManagerList', 'auto']),
    default: 'single',
    allowed: 'single, dataPlaneList, resourceManagerList or auto',
    purpose:
      'By what probe and sweeps look at keys: a read of each version in use; or lists of their vaults, where those are cheaper, by the vault, by Resource Manager, or (auto) by Resource Manager as far as its requests go, else by the vault. What a list does not show to be as it was is read itself, and each version at least once an hour.',
  },
  changeNumber: {
    name: 'GUARDIAN_CHANGE_NUMBER',
    parse: formats.changeNumber,
    optional: true,
    allowed: 'at most 100 letters, digits, blanks and . : # / _ -, beginning with a letter or digit',
    purpose:
      'Number of the standing change under which it repairs by itself. It is in the ledger, the incident and the messages of what no person has approved.',
  },
  approvalValidity: {
    name: 'GUARDIAN_APPROVAL_VALIDITY',
    parse: formats.duration,
    default: 'P1D',
    allowed: DURATION,
    purpose: 'How long an approval may be acted on.',
  },
  approverTenant: {
    name: 'GUARDIAN_APPROVER_TENANT',
    parse: formats.guid,
    optional: true,
    allowed: `${GUID}; needed in mode approve`,
    purpose: 'The Entra tenant whose people approve. Without it nobody can.',
  },
  approverAudience: {
    name: 'GUARDIAN_APPROVER_AUDIENCE',
    parse: formats.audience,
    optional: true,
    allowed: 'the application id, or the id URI, of the app registration; needed with GUARDIAN_APPROVER_TENANT',
    purpose: 'The audience that a token of a requester or approver must be issued for.',
  },
  approverIssuer: {
    name: 'GUARDIAN_APPROVER_ISSUER',
    parse: formats.url,
    optional: true,
    allowed: 'an https URL without a password',
    purpose: 'The issuer of those tokens, where it is not version 2.0 of the tenant’s own.',
  },
  alertTenant: {
    name: 'GUARDIAN_ALERT_TENANT',
    parse: formats.guid,
    optional: true,
    allowed: GUID,
    purpose:
      'The Entra tenant whose action groups send alerts as a secure webhook: then POST /api/alerts asks for their token. Without it, for a function key.',
  },
  alertAudience: {
    name: 'GUARDIAN_ALERT_AUDIENCE',
    parse: formats.audience,
    optional: true,
    allowed: 'the application id, or the id URI, of the app registration; needed with GUARDIAN_ALERT_TENANT',
    purpose: 'The audience that the token of an action group must be issued for.',
  },
  alertApplication: {
    name: 'GUARDIAN_ALERT_APPLICATION',
    parse: formats.guid,
    default: '461e8683-5575-4561-ac7f-899cc907d62a',
    allowed: GUID,
    purpose: 'Client id of the application that sends for action groups: AzNS AAD Webhook, the same in every tenant.',
  },
  notificationWebhook: {
    name: 'GUARDIAN_NOTIFICATION_WEBHOOK',
    parse: formats.url,
    optional: true,
    allowed: 'an https URL without a password',
    purpose:
      'Where a changed verdict is posted as JSON, once for each root cause. What is not taken is sent again for a day; what is asked is repeated after 1, 6 and 24 hours. A post that fails delays nothing.',
    secret: true,
  },
  messageTargets: {
    name: 'GUARDIAN_MESSAGE_TARGETS',
    parse: messageTargets,
    optional: true,
    allowed:
      'a JSON list of {"name", "channel", "url"}, channel one of teams, slack, pagerduty (with "key", and "region" us or eu, instead of "url") and cloudevents; and of each, if you like, "kinds", "impact", "scopes" and "owners"',
    purpose:
      'Where messages go in the form of Teams, Slack, PagerDuty or CloudEvents (docs/messages.md), each to whom it is for. What one does not take waits for that one, and is sent again for a day.',
    secret: true,
  },
  topicEndpoint: {
    name: 'GUARDIAN_TOPIC_ENDPOINT',
    parse: formats.topicEndpoint,
    optional: true,
    allowed: 'https://{topic}.{region}-1.eventgrid.azure.net/api/events, in the cloud of GUARDIAN_CLOUD',
    purpose:
      'The custom topic of Event Grid, with CloudEvents as its input schema, to which every change of an incident and what the probe finds goes out. What it does not take is sent again for a day, and delays nothing. The managed identity needs the role EventGrid Data Sender on it.',
  },
  otlpEndpoint: {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    parse: formats.collector,
    optional: true,
    allowed: 'an http or https URL without a password',
    purpose:
      'Where traces and metrics are sent, by OTLP over HTTP as JSON; /v1/traces and /v1/metrics are added. The other variables of OpenTelemetry (OTEL_EXPORTER_OTLP_HEADERS, OTEL_RESOURCE_ATTRIBUTES, …) count as well. Without it nothing of OpenTelemetry is loaded.',
    secret: true,
  },
  cloud: {
    name: 'GUARDIAN_CLOUD',
    parse: formats.oneOf(['public', 'usgov', 'china']),
    default: 'public',
    allowed: 'public, usgov or china',
    purpose: 'The Azure cloud that everything is in.',
  },
  identityClientId: {
    name: 'GUARDIAN_IDENTITY_CLIENT_ID',
    parse: formats.guid,
    optional: true,
    allowed: GUID,
    purpose: 'Client id of the user-assigned identity to work with. Without it, the system-assigned one.',
  },
  functionApp: {
    name: 'GUARDIAN_FUNCTION_APP',
    parse: formats.functionApp,
    optional: true,
    allowed: 'the resource id of a function app',
    purpose:
      'This app. The event subscriptions of a vault that end at its functions are made again when the vault was recovered; without it, none. Commands about the app name it.',
  },
  auditWorkspace: {
    name: 'GUARDIAN_AUDIT_WORKSPACE',
    parse: formats.guid,
    optional: true,
    allowed: `${GUID}, the workspace’s customerId`,
    purpose:
      'The Log Analytics workspace that has the audit logs of the vaults. It is asked who deleted, disabled or expired a key that something breaks again and again; without it, that is unknown.',
  },
  storageAccount: {
    name: 'GUARDIAN_STORAGE_ACCOUNT',
    parse: formats.storageAccount,
    optional: true,
    allowed: 'the name of a storage account, 3 to 24 lower-case letters and digits',
    purpose: 'The account of ledger and records, reached with the managed identity. Without it, AzureWebJobsStorage.',
  },
  anchorsAccount: {
    name: 'GUARDIAN_ANCHORS_ACCOUNT',
    parse: formats.storageAccount,
    optional: true,
    allowed: 'the name of a storage account, 3 to 24 lower-case letters and digits, other than that of the ledger',
    purpose:
      'The account of the anchors, which prove the ledger against who may write to its storage; reached with the managed identity. Without it they are beside the ledger, and prove nothing against the owner of that storage.',
  },
  connectionString: {
    name: 'AzureWebJobsStorage',
    parse: formats.connectionString,
    optional: true,
    allowed: 'a storage connection string; needed without GUARDIAN_STORAGE_ACCOUNT',
    purpose: 'The storage account of the Functions host, and of ledger and records unless they have their own.',
    example: 'UseDevelopmentStorage=true',
    secret: true,
  },
  tablePrefix: {
    name: 'GUARDIAN_TABLE_PREFIX',
    parse: formats.tablePrefix,
    default: 'guardian',
    allowed: '3 to 51 lower-case letters and digits, a letter first',
    purpose: 'Begins the names of all tables and containers.',
  },
});
