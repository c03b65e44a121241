import type { ApiService } from '../model/api-versions.ts';
import { apiVersion } from '../model/api-versions.ts';
import type { Json } from '../model/canonical.ts';
import { azValue } from '../model/shell-word.ts';
import type { EventSubscriptionFacts, RoleAssignmentFacts, VaultDependents } from '../model/vault-dependents.ts';

type Lock = VaultDependents['locks'][number];

const command = (words: string, options: Readonly<Record<string, string>>): string =>
  [words, ...Object.entries(options).map(([option, value]) => `--${option} ${azValue(value)}`)].join(' ');

/** `az` would take a condition that begins with `@` for a file; in brackets the condition means the same. */
const inBrackets = (condition: string): string => (condition.startsWith('@') ? `(${condition})` : condition);

const assignRole = ({ condition, principalId, principalType, roleDefinitionId, scope }: RoleAssignmentFacts): string =>
  command('az role assignment create', {
    'assignee-object-id': principalId,
    'assignee-principal-type': principalType,
    role: roleDefinitionId,
    scope,
    ...(condition !== undefined && { condition: inBrackets(condition), 'condition-version': '2.0' }),
  });

const createLock = (vaultId: string, { level, name, notes }: Lock): string =>
  command('az lock create', {
    name,
    'lock-type': level,
    resource: vaultId,
    ...(notes !== undefined && { notes }),
  });

/** The Azure CLI would read the text behind `=@` as the name of a file. JSON allows to escape the sign. */
const bodyOf = (properties: Json): string => JSON.stringify({ properties }).replaceAll('=@', '=\\u0040');

/** A PUT by the REST API: `az` has options for only some of the properties in such a body. */
const put = (id: string, service: ApiService, properties: Json): string =>
  command('az rest', {
    method: 'put',
    url: `${id}?api-version=${apiVersion(service)}`,
    body: bodyOf(properties),
  });

/** Nobody can read the URL of a webhook, since it may hold a secret: the person who runs the script has to know it. */
const subscribe = (vaultId: string, { body, id, name }: EventSubscriptionFacts): string =>
  body === undefined
    ? `${command('az eventgrid event-subscription create', { name, 'source-resource-id': vaultId })} --endpoint "$ENDPOINT_URL"`
    : put(id, 'Microsoft.EventGrid/eventSubscriptions', body);

/**
 * The commands with which a person gives a recovered vault back what it lacks, one command a line, for a POSIX shell: role
 * assignments, event subscriptions, diagnostic settings. Locks come last, since a read-only lock forbids the rest.
 */
export const rebuildScript = (vaultId: string, lost: VaultDependents): readonly string[] => [
  ...lost.roleAssignments.map(assignRole),
  ...lost.eventSubscriptions.map((one) => subscribe(vaultId, one)),
  ...lost.diagnosticSettings.map(({ body, id }) => put(id, 'Microsoft.Insights/diagnosticSettings', body)),
  ...lost.locks.map((lock) => createLock(vaultId, lock)),
];
