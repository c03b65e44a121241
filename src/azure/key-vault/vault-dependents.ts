import type { ApiService } from '../../remediation/model/api-versions.ts';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Json } from '../../remediation/model/canonical.ts';
import type { Fact } from '../../remediation/model/facts.ts';
import { unknown } from '../../remediation/model/facts.ts';
import { within } from '../../remediation/model/resource-id.ts';
import type {
  DiagnosticSettingFacts,
  RoleAssignmentFacts,
  VaultDependents,
} from '../../remediation/model/vault-dependents.ts';
import type { Connection } from '../connection/connection.ts';
import { isWithin } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';
import { type EventSubscription, eventSubscriptionFacts } from './event-subscriptions.ts';

type Named = { readonly id?: string; readonly name?: string };
type Assignment = Named & {
  readonly properties: Omit<RoleAssignmentFacts, 'id' | 'condition'> & { readonly condition?: string | null };
};
type Setting = Named & { readonly properties?: Readonly<Record<string, Json>> };
type Lock = Named & { readonly properties: { readonly level: string; readonly notes?: string } };

const assignmentFacts = ({ id = '', properties }: Assignment): RoleAssignmentFacts => {
  const { condition, principalId, principalType, roleDefinitionId, scope } = properties;
  return { id, scope, principalId, principalType, roleDefinitionId, ...(condition && { condition }) };
};

const settingFacts = ({ id = '', name = '', properties = {} }: Setting): DiagnosticSettingFacts => ({
  id,
  name,
  body: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)),
});

const lockFacts = ({ name = '', properties: { level, notes } }: Lock): VaultDependents['locks'][number] => ({
  name,
  level,
  ...(notes ? { notes } : {}),
});

const isOn =
  (vaultId: string) =>
  (one: Named): boolean =>
    within(one.id ?? '', vaultId);

const read = async ({ arm, functionApp }: Connection, vaultId: string): Promise<VaultDependents> => {
  const client = await arm();
  const list = async <Item extends Named>(type: ApiService): Promise<readonly Item[]> =>
    (await client.list(`${vaultId}/providers/${type}`, apiVersion(type))) as readonly Item[];
  // Lists of assignments and locks also show those of the scopes above, which outlive the vault: these are left out.
  const [assignments, subscriptions, settings, locks] = await Promise.all([
    list<Assignment>('Microsoft.Authorization/roleAssignments'),
    list<EventSubscription & Named>('Microsoft.EventGrid/eventSubscriptions'),
    list<Setting>('Microsoft.Insights/diagnosticSettings'),
    list<Lock>('Microsoft.Authorization/locks'),
  ]);
  return {
    roleAssignments: assignments.filter(({ properties }) => within(properties.scope, vaultId)).map(assignmentFacts),
    eventSubscriptions: subscriptions.map((one) => eventSubscriptionFacts(one, functionApp)),
    diagnosticSettings: settings.map(settingFacts),
    locks: locks.filter(isOn(vaultId)).map(lockFacts),
  };
};

/** The dependents of a vault, by its ARM id: four ARM calls. The whole fact is `unknown` where one call is refused. */
export const readVaultDependents = async (connection: Connection, vaultId: string): Promise<Fact<VaultDependents>> =>
  isWithin(vaultId, connection.scopes())
    ? readFact({ what: `what hangs on ${vaultId}`, scope: vaultId }, () => read(connection, vaultId))
    : unknown(`${vaultId} is outside GUARDIAN_SCOPE`);
