import { z } from 'zod';
import type { Controlled, ControlVerb } from './controlled.ts';

const refusal = z.strictObject({
  type: z.string().regex(/^(vault\.azure\.net|[a-z]+(\.[a-z]+)+(\/[a-z]+)+)$/i, {
    error: "a resource type such as Microsoft.KeyVault/vaults/keys, or 'vault.azure.net'",
  }),
  version: z.string().regex(/^\d{4}-\d\d-\d\d(-preview)?$/, { error: 'an api-version such as 2026-02-01' }),
});

/** Api-versions that Azure does not serve, though the local cloud knows them. */
export const apiVersionVerbs = ({ world }: Controlled): ControlVerb[] => [
  {
    method: 'POST',
    path: '/_sim/refused-api-versions',
    title: 'Let Azure refuse an api-version of a resource type, and of every type below it',
    parameters: {
      type: "resource type; 'vault.azure.net' is the data plane of vaults",
      version: 'the api-version that is refused',
    },
    example: { type: 'Microsoft.KeyVault/vaults/keys', version: '2026-02-01' },
    run: (input) => {
      const { type, version } = refusal.parse(input);
      const { switches } = world();
      const { refusedApiVersions: before = {} } = switches;
      switches.refusedApiVersions = { ...before, [type]: [...new Set([...(before[type] ?? []), version])] };
      return { refusedApiVersions: switches.refusedApiVersions };
    },
  },
  {
    method: 'DELETE',
    path: '/_sim/refused-api-versions',
    title: 'Azure serves every api-version again that the local cloud knows',
    parameters: {},
    run: () => {
      world().switches.refusedApiVersions = {};
      return { refusedApiVersions: {} };
    },
  },
];
