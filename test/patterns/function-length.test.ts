import { describe, expect, it } from 'vitest';
import { longFunctionsIn, MOST_LINES } from './function-length.ts';
import { sourcesOf } from './syntax.ts';

const ROUTES = 'a table of routes, each with a few lines of its own';
const VERBS = 'a table of what the control surface can break or repair';
const SERVICE = 'a table: what a service of the local cloud has, each member in a line or two';
const STATE = 'one small state and the short functions that are all that may touch it';
const PARTS = 'parts that are made one after the other, each in a line';

/**
 * Functions that are longer, each with the reason. A function that was shortened leaves this list. The list gets no new line: a
 * new function is shorter.
 */
const LONGER: Readonly<Record<string, string>> = {
  'local/clock/authority.ts createClock': PARTS,
  'local/cloud/arm/restrictions-service.ts breaksOf': VERBS,
  'local/cloud/arm/role-definitions.ts createRoleDefinitions': STATE,
  'local/cloud/arm/role-verbs.ts roleVerbs': VERBS,
  'local/cloud/azure.ts createAzure': PARTS,
  'local/cloud/cloud.ts startCloud': PARTS,
  'local/cloud/compute/compute-service.ts computeService': SERVICE,
  'local/cloud/compute/compute.ts createCompute': SERVICE,
  'local/cloud/compute/node-routes.ts nodeRoutes': ROUTES,
  'local/cloud/entra/directory.ts createDirectory': SERVICE,
  'local/cloud/entra/graph/application-routes.ts applicationRoutes': ROUTES,
  'local/cloud/entra/graph/registrations.ts createRegistrations': STATE,
  'local/cloud/entra/group-verbs.ts verbs': VERBS,
  'local/cloud/event-grid/deliveries.ts createDeliveries': STATE,
  'local/cloud/event-grid/event-grid.ts createEventGrid': SERVICE,
  'local/cloud/event-grid/event-verbs.ts eventVerbs': VERBS,
  'local/cloud/key-vault/control-plane-key-routes.ts controlPlaneKeyRoutes': ROUTES,
  'local/cloud/key-vault/key-vault-service.ts keyVaultService': SERVICE,
  'local/cloud/key-vault/key-vault.ts createKeyVault': SERVICE,
  'local/cloud/managed-identity/managed-identity-service.ts managedIdentityService': SERVICE,
  'local/cloud/monitor/audit-log.ts createAuditLog': STATE,
  'local/cloud/network/endpoint-connections.ts endpointConnectionRoutes': ROUTES,
  'local/cloud/network/network-service.ts networkService': SERVICE,
  'local/cloud/places/places-service.ts ends': VERBS,
  'local/cloud/resource-graph/graph-index.ts createGraphIndex': STATE,
  'local/cloud/storage/storage-service.ts storageService': SERVICE,
  'local/cloud/web/hosting.ts createHosting': STATE,
  'local/cloud/web/life.ts beginLife': STATE,
  'local/cloud/webhook/webhook-service.ts webhookService': SERVICE,
  'local/host/crew/crew.ts openCrew': STATE,
  'src/azure/azure.ts openAzure': PARTS,
  'src/loop/reconcile/assess-key.ts assessKey':
    'one assess: its reads in the order that matters, and its answer, each in a line',
  'src/store/overrides.ts openOverrides': STATE,
  'src/store/store.ts openStore': PARTS,
};

const found = sourcesOf('{src,functions,local,bench,cli,client,page}/**/*.{ts,tsx}').flatMap(longFunctionsIn);

const withLines = (lines: number): string => `const outer = () => {\n${'  call();\n'.repeat(lines - 2)}};\n`;

describe('A function', () => {
  it('is counted from its first line to its last, with the functions inside it, and by its name', () => {
    expect(longFunctionsIn({ file: 'a.ts', text: withLines(MOST_LINES) })).toEqual([]);
    expect(longFunctionsIn({ file: 'a.ts', text: withLines(MOST_LINES + 1) })).toEqual(['a.ts outer']);
    const inner = `function first() {\n  return 'ü';\n}\nexport const second = {\n  inner: async () => [\n${"    '€',\n".repeat(MOST_LINES)}  ],\n};\n`;
    expect(longFunctionsIn({ file: 'a.ts', text: inner })).toEqual(['a.ts inner']);
    const statement = `class Problem {\n  tell() {\n${'    call();\n'.repeat(MOST_LINES)}  }\n}\n`;
    expect(longFunctionsIn({ file: 'a.ts', text: statement })).toEqual(['a.ts tell']);
  });

  it(`has at most ${MOST_LINES} lines, or a reason why it is longer`, () => {
    expect(found.filter((name) => LONGER[name] === undefined)).toEqual([]);
  });

  it('that has become short enough needs no reason any more', () => {
    expect(Object.keys(LONGER).filter((name) => !found.includes(name))).toEqual([]);
  });
});
