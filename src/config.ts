import { type Environment, readSettings, type Values } from './config/read.ts';
import { RULES } from './config/rules.ts';
import type { Setting } from './config/setting.ts';
import { SETTINGS } from './config/table.ts';
import type { RemediationSettings } from './remediation/model/settings.ts';
import type { PolicySettings } from './remediation/policy/policy-types.ts';

export type Config = {
  readonly scopes: readonly string[];
  readonly policy: PolicySettings;
  readonly remediation: RemediationSettings;
  /** NCRONTAB, six fields. */
  readonly sweepSchedule: string;
  /** NCRONTAB, six fields. */
  readonly probeSchedule: string;
  readonly postureSchedule: string;
  /** What routine reads may take of each quota of Key Vault, 0 to 1. */
  readonly quotaShare: number;
  /** ISO 8601 duration. */
  readonly approvalValidity: string;
  /** Whose tokens prove who asks and who approves; without it nobody can. */
  readonly approvers?: { readonly tenantId: string; readonly audience: string; readonly issuer?: string };
  readonly notificationWebhook?: string;
  readonly cloud: 'public' | 'usgov' | 'china';
  /** Of the user-assigned identity; without it, the system-assigned one. */
  readonly identityClientId?: string;
  /** Resource id of this app; which event subscriptions are its own. */
  readonly functionApp?: string;
  readonly storage:
    | { readonly kind: 'connectionString'; readonly connectionString: string }
    | { readonly kind: 'account'; readonly account: string };
  readonly tablePrefix: string;
};

/** The app must not start. Its message names every fault with the setting, its value and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`CMK Guardian does not start: its settings are wrong.\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.faults = faults;
    // Where it was thrown helps nobody; what is wrong is in the message.
    this.stack = this.message;
  }
}

/** A setting that has a default, or whose absence has been refused. */
const given = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new TypeError('A setting without a value passed the rules.');
  return value;
};

const approversOf = ({ approverTenant, approverAudience, approverIssuer }: Values): Pick<Config, 'approvers'> => {
  if (approverTenant === undefined || approverAudience === undefined) return {};
  const issuer = approverIssuer === undefined ? {} : { issuer: approverIssuer };
  return { approvers: { tenantId: approverTenant, audience: approverAudience, ...issuer } };
};

const storageOf = ({ storageAccount, connectionString }: Values): Config['storage'] =>
  storageAccount === undefined
    ? { kind: 'connectionString', connectionString: given(connectionString) }
    : { kind: 'account', account: storageAccount };

const toConfig = (values: Values): Config => ({
  scopes: given(values.scopes),
  policy: {
    mode: given(values.mode),
    autoReverse: given(values.autoReverse),
    fuse: {
      rootCauses: given(values.fuseRootCauses),
      sharePercent: given(values.fuseShare),
      windowMinutes: given(values.fuseWindow),
    },
    silence: given(values.silence),
    doNotHealTag: given(values.doNotHealTag),
  },
  remediation: {
    nearExpiry: given(values.nearExpiry),
    extension: given(values.extension),
    maximumKeyAge: given(values.maximumKeyAge),
    dedicatedVaults: values.dedicatedVaults ?? [],
    trustedRestores: values.trustedRestores ?? [],
  },
  sweepSchedule: given(values.sweepSchedule),
  probeSchedule: given(values.probeSchedule),
  postureSchedule: given(values.postureSchedule),
  quotaShare: given(values.quotaShare) / 100,
  approvalValidity: given(values.approvalValidity),
  ...approversOf(values),
  ...(values.notificationWebhook !== undefined && { notificationWebhook: values.notificationWebhook }),
  cloud: given(values.cloud),
  ...(values.identityClientId !== undefined && { identityClientId: values.identityClientId }),
  ...(values.functionApp !== undefined && { functionApp: values.functionApp }),
  storage: storageOf(values),
  tablePrefix: given(values.tablePrefix),
});

/**
 * The app's settings.
 * @throws ConfigError that names every fault at once.
 */
export const loadConfig = (environment: Environment = process.env): Config => {
  const { values, faults } = readSettings(environment);
  const all = [...faults, ...RULES.flatMap((rule) => rule(values, environment) ?? [])];
  if (all.length > 0) throw new ConfigError(all);
  return toConfig(values);
};

export type SettingDescription = Pick<Setting, 'name' | 'default' | 'optional' | 'allowed' | 'purpose' | 'example'>;

/** What the README's table and local.settings.sample.json say of each setting. */
export const describeSettings = (): readonly SettingDescription[] => Object.values<Setting>(SETTINGS);
