import { type Assignment, type Facts, known, type StorageAccount } from '../facts.ts';
import { appOptions, type Finding, type Rule, stops } from '../finding.ts';
import { hostStorageOf } from '../host-storage.ts';
import { principalOf } from '../principal.ts';
import { unlessByGroup } from './by-group.ts';

type Role = { readonly id: string; readonly name: string };

const BLOB_OWNER: Role = { id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', name: 'Storage Blob Data Owner' };
const BLOB: Role = { id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe', name: 'Storage Blob Data Contributor' };
const QUEUE: Role = { id: '974c5e8b-45b9-4653-ba55-5f855dd0fb88', name: 'Storage Queue Data Contributor' };
const TABLE: Role = { id: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', name: 'Storage Table Data Contributor' };

/** The purpose of an account, and the roles that it needs; of several roles in a row one is enough. */
type Use = { readonly account: string; readonly what: string; readonly roles: readonly (readonly [Role, ...Role[]])[] };

const usesOf = (settings: Readonly<Record<string, string>>): readonly Use[] => {
  const { account, byIdentity } = hostStorageOf(settings);
  const named = (name: string) => settings[name]?.trim().toLowerCase();
  const [rows, anchors] = [named('GUARDIAN_STORAGE_ACCOUNT'), named('GUARDIAN_ANCHORS_ACCOUNT')];
  return [
    ...(account && byIdentity.length > 0
      ? [{ account, what: 'the host does not start', roles: [[BLOB_OWNER], [QUEUE], [TABLE]] as const }]
      : []),
    ...(rows
      ? [{ account: rows, what: 'the product cannot keep its ledger', roles: [[BLOB, BLOB_OWNER], [TABLE]] as const }]
      : []),
    ...(anchors
      ? [{ account: anchors, what: 'the ledger gets no anchors', roles: [[BLOB, BLOB_OWNER]] as const }]
      : []),
  ];
};

const covers = (scope: string, id: string): boolean =>
  `${id.toLowerCase()}/`.startsWith(`${scope.toLowerCase().replace(/\/$/, '')}/`);

const within = (scope: string, id: string): boolean => covers(id, scope);

/** Whether the principal has one of these roles at the account, above it, or at a container of it. */
const holds = (assignments: readonly Assignment[], { id }: StorageAccount, roles: readonly Role[]): boolean =>
  assignments.some(
    ({ scope, roleId }) =>
      (covers(scope, id) || within(scope, id)) &&
      roles.some((role) => role.id === roleId.toLowerCase().split('/').at(-1)),
  );

const findAccounts = (facts: Facts): readonly { readonly use: Use; readonly account: StorageAccount }[] => {
  const settings = known(facts.settings) ?? {};
  return usesOf(settings).flatMap((use) => {
    const account = known(facts.accounts[use.account] ?? { kind: 'absent' });
    return account ? [{ use, account }] : [];
  });
};

const accountsExist: Rule = ({ settings, accounts, subscriptionId }) =>
  usesOf(known(settings) ?? {})
    .filter(({ account }) => accounts[account]?.kind === 'absent')
    .map(({ account, what }) =>
      stops(
        `There is no storage account '${account}' in subscription ${subscriptionId}, so ${what}.`,
        `az storage account list --subscription ${subscriptionId} --output table`,
      ),
    );

const rolesAreThere: Rule = (facts) => {
  const principal = principalOf(facts);
  const assignments = known(facts.assignments);
  if (principal.kind !== 'known' || !assignments) return [];
  const missing = ({ use, account }: { use: Use; account: StorageAccount }): readonly Finding[] =>
    use.roles
      .filter((roles) => !holds(assignments, account, roles))
      .map(([role]) =>
        stops(
          `The app's identity has not the role ${role.name} on the storage account ${account.name}, so ${use.what}.${unlessByGroup(facts)}`,
          `az role assignment create --assignee-object-id ${principal.principalId} --assignee-principal-type ServicePrincipal --role '${role.name}' --scope ${account.id}`,
        ),
      );
  const findings = findAccounts(facts).flatMap(missing);
  return [...new Map(findings.map((one) => [one.commands.join(), one])).values()];
};

/** Whether the account's own rules let the app in, without a private endpoint. */
export const isOpenTo = ({ network }: StorageAccount, subnetId: string | undefined): boolean => {
  const isIn = network.subnets.some((id) => id.toLowerCase() === subnetId?.toLowerCase());
  return network.publicAccess === 'Enabled' && (network.defaultAction === 'Allow' || isIn);
};

const closedTo = (account: StorageAccount, subnetId: string | undefined): string | undefined => {
  if (isOpenTo(account, subnetId)) return undefined;
  if (account.privateEndpoints.length > 0 && subnetId !== undefined) return undefined;
  return subnetId === undefined ? 'the app is in no network' : "the app's subnet is not let in";
};

const networkIsOpen: Rule = (facts) => {
  const site = known(facts.site);
  if (!site) return [];
  return findAccounts(facts).flatMap(({ use, account }) => {
    const why = closedTo(account, site.subnetId);
    if (why === undefined) return [];
    const integrate = `az functionapp vnet-integration add ${appOptions(facts)} --vnet <id of the network> --subnet <name of the subnet>`;
    const subnet = site.subnetId ?? '<id of the subnet>';
    const letIn = `az storage account network-rule add --account-name ${account.name} --subscription ${facts.subscriptionId} --subnet ${subnet}`;
    const sentence = `The storage account ${account.name} is closed, and ${why}, so ${use.what}.`;
    return [stops(sentence, ...(site.subnetId === undefined ? [integrate] : []), letIn)];
  });
};

export const STORAGE_RULES: readonly Rule[] = [accountsExist, rolesAreThere, networkIsOpen];
