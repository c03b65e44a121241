import type { MessageTarget } from './config/message-targets.ts';
import { type Environment, readSettings, type Values } from './config/read.ts';
import { SETTING_RULES } from './config/rules.ts';
import type { Setting } from './config/setting.ts';
import { SETTINGS } from './config/table.ts';
import type { ScopeSetting } from './remediation/model/reach.ts';
import type { RemediationSettings } from './remediation/model/settings.ts';
import type { PolicySettings } from './remediation/policy/policy-types.ts';

export type Config = {
  readonly scope: ScopeSetting;
  readonly policy: PolicySettings;
  readonly remediation: RemediationSettings;
  /** Name of the tag that names the owner of a consumer or a vault. */
  readonly ownerTag?: string;
  /** NCRONTAB, six fields. */
  readonly sweepSchedule: string;
  /** NCRONTAB, six fields. */
  readonly probeSchedule: string;
  readonly postureSchedule: string;
  readonly summarySchedule: string;
  /** The share of each quota of Key Vault that routine reads may use, 0 to 1. */
  readonly quotaShare: number;
  /** How the probe reads keys. */
  readonly look: 'single' | 'dataPlaneList' | 'resourceManagerList' | 'auto';
  /** Number of the standing change under which the product acts without an approval. */
  readonly changeNumber?: string;
  /** ISO 8601 duration. */
  readonly approvalValidity: string;
  /** Tokens of this tenant and audience prove who asks and who approves. Without it no person can approve. */
  readonly approvers?: { readonly tenantId: string; readonly audience: string; readonly issuer?: string };
  /** Tokens of this tenant and audience prove that an action group sent an alert. Without it a function key proves that. */
  readonly alertSenders?: { readonly tenantId: string; readonly audience: string; readonly application: string };
  readonly notificationWebhook?: string;
  /** The channels (Teams, Slack and others) that get messages in their own format; may be empty. */
  readonly messageTargets: readonly MessageTarget[];
  /** Endpoint of the custom Event Grid topic that takes the product's own events. */
  readonly topicEndpoint?: string;
  /** The app's own address, as Azure's host tells it; left out where the host tells none. */
  readonly hostName?: string;
  /** Whether traces and metrics are sent. OpenTelemetry itself reads the destination. */
  readonly exportsTelemetry: boolean;
  readonly cloud: 'public' | 'usgov' | 'china';
  /** Client id of the user-assigned identity; without it the app uses its system-assigned identity. */
  readonly identityClientId?: string;
  /** Resource id of this app. By it the product recognizes its own event subscriptions. */
  readonly functionApp?: string;
  /** Customer id of the Log Analytics workspace with the audit logs of vaults. */
  readonly auditWorkspace?: string;
  readonly storage:
    | { readonly kind: 'connectionString'; readonly connectionString: string }
    | { readonly kind: 'account'; readonly account: string };
  /** Name of the storage account of the anchors; without it, the account of the rows. */
  readonly anchorsAccount?: string;
  readonly tablePrefix: string;
};

/** The app must not start. The message names every fault with the setting, its value and the allowed values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`CMK Guardian does not start: its settings are wrong.\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.faults = faults;
    // The stack helps nobody: the message says what is wrong.
    this.stack = this.message;
  }
}

/** The value of a setting that has a default, or whose absence was refused before. */
const given = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new TypeError('A setting without a value passed the rules.');
  return value;
};

const approversOf = ({ approverTenant, approverAudience, approverIssuer }: Values): Pick<Config, 'approvers'> => {
  if (approverTenant === undefined || approverAudience === undefined) return {};
  const issuer = approverIssuer === undefined ? {} : { issuer: approverIssuer };
  return { approvers: { tenantId: approverTenant, audience: approverAudience, ...issuer } };
};

const alertSendersOf = ({ alertTenant, alertAudience, alertApplication }: Values): Pick<Config, 'alertSenders'> =>
  alertTenant === undefined || alertAudience === undefined
    ? {}
    : {
        alertSenders: { tenantId: alertTenant, audience: alertAudience, application: given(alertApplication) },
      };

const storageOf = ({ storageAccount, connectionString }: Values): Config['storage'] =>
  storageAccount === undefined
    ? { kind: 'connectionString', connectionString: given(connectionString) }
    : { kind: 'account', account: storageAccount };

const policyOf = (values: Values): Config['policy'] => ({
  mode: given(values.mode),
  autoReverse: given(values.autoReverse),
  fuse: {
    rootCauses: given(values.fuseRootCauses),
    sharePercent: given(values.fuseShare),
    windowMinutes: given(values.fuseWindow),
  },
  silence: given(values.silence),
  doNotHealTag: given(values.doNotHealTag),
});

const remediationOf = (values: Values): Config['remediation'] => ({
  nearExpiry: given(values.nearExpiry),
  extension: given(values.extension),
  maximumKeyAge: given(values.maximumKeyAge),
  dedicatedVaults: values.dedicatedVaults ?? [],
  trustedRestores: values.trustedRestores ?? [],
});

const toConfig = (values: Values): Config => ({
  scope: given(values.scopes),
  policy: policyOf(values),
  remediation: remediationOf(values),
  ...(values.ownerTag !== undefined && { ownerTag: values.ownerTag }),
  sweepSchedule: given(values.sweepSchedule),
  probeSchedule: given(values.probeSchedule),
  postureSchedule: given(values.postureSchedule),
  summarySchedule: given(values.summarySchedule),
  quotaShare: given(values.quotaShare) / 100,
  look: given(values.look),
  ...(values.changeNumber !== undefined && { changeNumber: values.changeNumber }),
  approvalValidity: given(values.approvalValidity),
  ...approversOf(values),
  ...alertSendersOf(values),
  ...(values.notificationWebhook !== undefined && { notificationWebhook: values.notificationWebhook }),
  messageTargets: values.messageTargets ?? [],
  ...(values.topicEndpoint !== undefined && { topicEndpoint: values.topicEndpoint }),
  exportsTelemetry: values.otlpEndpoint !== undefined,
  cloud: given(values.cloud),
  ...(values.identityClientId !== undefined && { identityClientId: values.identityClientId }),
  ...(values.functionApp !== undefined && { functionApp: values.functionApp }),
  ...(values.auditWorkspace !== undefined && { auditWorkspace: values.auditWorkspace }),
  storage: storageOf(values),
  ...(values.anchorsAccount !== undefined && { anchorsAccount: values.anchorsAccount }),
  tablePrefix: given(values.tablePrefix),
});

/**
 * The app's settings.
 * @throws ConfigError that names every fault at once.
 */
export const loadConfig = (environment: Environment = process.env): Config => {
  const { values, faults } = readSettings(environment);
  const all = [...faults, ...SETTING_RULES.flatMap((rule) => rule(values, environment) ?? [])];
  if (all.length > 0) throw new ConfigError(all);
  const hostName = environment['WEBSITE_HOSTNAME'];
  return { ...toConfig(values), ...(hostName && { hostName }) };
};

/** A setting with the value in force. Of a secret only whether it is set is shown. */
export type SettingInForce = {
  readonly name: string;
  readonly purpose: string;
  readonly is: 'set' | 'default' | 'absent';
  readonly value?: string;
};

/** Reads like `readSettings`: an empty value counts as not set, except where the setting gives an empty value a meaning. */
const inForce = (setting: Setting, sent: string | undefined): SettingInForce => {
  const { name, purpose, secret } = setting;
  const given = sent?.trim();
  const set = given || (given === '' ? setting.whenEmpty : undefined);
  const value = set || setting.default;
  if (value === undefined) return { name, purpose, is: 'absent' };
  return { name, purpose, is: set ? 'set' : 'default', ...(!secret && { value }) };
};

/** Every setting with its value in force, in the order of docs/settings.md. */
export const settingsInForce = (environment: Environment = process.env): readonly SettingInForce[] =>
  Object.values<Setting>(SETTINGS).map((setting) => inForce(setting, environment[setting.name]));

export type SettingDescription = Pick<Setting, 'name' | 'default' | 'optional' | 'allowed' | 'purpose' | 'example'>;

/** The description of each setting for docs/settings.md and local.settings.sample.json. */
export const describeSettings = (): readonly SettingDescription[] => Object.values<Setting>(SETTINGS);
