import { addDuration } from '../remediation/model/duration.ts';
import { inScope } from '../remediation/model/resource-id.ts';
import type { Environment, Values } from './read.ts';
import { SETTINGS } from './table.ts';

/**
 * A fault of several settings together; `undefined` when all is well, or when a setting that the rule needs is already
 * refused.
 */
type Rule = (values: Values, environment: Environment) => string | undefined;

const lengthOf = (duration: string): number => addDuration(new Date(0), duration).getTime();

const isSet = (environment: Environment, name: string): boolean => Boolean(environment[name]?.trim());

const storageIsNamed: Rule = (_values, environment) =>
  isSet(environment, SETTINGS.connectionString.name) || isSet(environment, SETTINGS.storageAccount.name)
    ? undefined
    : 'AzureWebJobsStorage and GUARDIAN_STORAGE_ACCOUNT are not set; one of them must say where ledger and records live.';

const somebodyCanApprove: Rule = ({ mode }, environment) =>
  mode === 'approve' && !isSet(environment, SETTINGS.approverTenant.name)
    ? 'GUARDIAN_APPROVER_TENANT is not set; in mode approve nobody could approve anything.'
    : undefined;

const tenantHasAudience: Rule = (_values, environment) =>
  isSet(environment, SETTINGS.approverTenant.name) && !isSet(environment, SETTINGS.approverAudience.name)
    ? 'GUARDIAN_APPROVER_AUDIENCE is not set; with GUARDIAN_APPROVER_TENANT it must name the app registration.'
    : undefined;

const alertsHaveBoth: Rule = (_values, environment) => {
  const [one, other] = [SETTINGS.alertTenant.name, SETTINGS.alertAudience.name];
  if (isSet(environment, one) === isSet(environment, other)) return undefined;
  const missing = isSet(environment, one) ? other : one;
  return `${missing} is not set; the token of an action group is proven by both ${one} and ${other}.`;
};

const extensionOutlastsNearExpiry: Rule = ({ extension, nearExpiry }) =>
  extension && nearExpiry && lengthOf(extension) <= lengthOf(nearExpiry)
    ? `GUARDIAN_KEY_EXTENSION is '${extension}'; it must be longer than GUARDIAN_NEAR_EXPIRY ('${nearExpiry}'), or an extended key is near its expiry again.`
    : undefined;

const ageAllowsExtension: Rule = ({ maximumKeyAge, extension }) =>
  maximumKeyAge && extension && lengthOf(maximumKeyAge) < lengthOf(extension)
    ? `GUARDIAN_MAXIMUM_KEY_AGE is '${maximumKeyAge}'; it must not be shorter than GUARDIAN_KEY_EXTENSION ('${extension}').`
    : undefined;

/** The storage account of the rows; with a connection string, the account in it. */
const accountOf = ({ storageAccount, connectionString }: Values): string | undefined =>
  storageAccount ?? /AccountName=([^;]+)/i.exec(connectionString ?? '')?.[1]?.toLowerCase();

const anchorsAreApart: Rule = (values) =>
  values.anchorsAccount !== undefined && values.anchorsAccount === accountOf(values)
    ? `GUARDIAN_ANCHORS_ACCOUNT is '${values.anchorsAccount}', the account of the ledger; anchors prove something only in another account.`
    : undefined;

/** The suffix after `eventgrid.azure.`, by cloud. */
const TOPIC_DOMAINS = { public: 'net', usgov: 'us', china: 'cn' } as const;

const topicIsInCloud: Rule = ({ topicEndpoint, cloud }) => {
  if (topicEndpoint === undefined || cloud === undefined) return undefined;
  const domain = `.eventgrid.azure.${TOPIC_DOMAINS[cloud]}`;
  return new URL(topicEndpoint).hostname.endsWith(domain)
    ? undefined
    : `GUARDIAN_TOPIC_ENDPOINT is '${topicEndpoint}'; in the cloud ${cloud} the host of a topic ends with ${domain}.`;
};

/** A place that is both named and excluded: it is unclear which of the two was meant. */
const namesNothingExcluded: Rule = ({ scopes }) => {
  const vain = scopes?.named.find((id) => inScope(id, scopes.excluded));
  const by = scopes?.excluded.find((id) => inScope(vain ?? '', [id]));
  return vain === undefined
    ? undefined
    : `GUARDIAN_SCOPE names '${vain}' and excludes it by '!${by}'; an exclusion always wins, so take one of the two out.`;
};

/** Only Azure knows which subscriptions are below a management group, so an exclusion can be checked only without one. */
const excludesSomething: Rule = ({ scopes }) => {
  if (scopes === undefined || scopes.managementGroups.length > 0) return undefined;
  const idle = scopes.excluded.find(
    (id) => !inScope(id, scopes.named) && !scopes.named.some((one) => inScope(one, [id])),
  );
  return idle === undefined
    ? undefined
    : `GUARDIAN_SCOPE excludes '!${idle}', which lies in nothing that it names; correct the id, or take the exclusion out.`;
};

const everySettingIsKnown: Rule = (_values, environment) => {
  const known = new Set<string>(Object.values(SETTINGS).map(({ name }) => name));
  const strangers = Object.keys(environment).filter((name) => name.startsWith('GUARDIAN_') && !known.has(name));
  return strangers.length > 0 ? `${strangers.join(', ')}: no such setting; look for a typing mistake.` : undefined;
};

export const SETTING_RULES: readonly Rule[] = [
  storageIsNamed,
  somebodyCanApprove,
  tenantHasAudience,
  alertsHaveBoth,
  extensionOutlastsNearExpiry,
  ageAllowsExtension,
  anchorsAreApart,
  topicIsInCloud,
  namesNothingExcluded,
  excludesSomething,
  everySettingIsKnown,
];
