import { API_VERSIONS, type ApiService, PREVIEWS } from '../remediation/model/api-versions.ts';
import { KEY_PERMISSIONS } from '../remediation/model/data-actions.ts';
import { type Fact, present, unknown } from '../remediation/model/facts.ts';
import { AZURE_CLI } from './commands.ts';
import type { OwnRights } from './coverage-facts.ts';
import { everyCommand } from './every-command.ts';
import type { ProductFacts } from './facts.ts';
import { LINKS } from './links.ts';

const rightsOf = (own: Fact<OwnRights>): ProductFacts['rights'] => {
  if (own.kind !== 'present') return own;
  const { grants, unread = [] } = own.value;
  if (grants.kind !== 'present') return grants;
  // Where a right could not be read, a statement about all rights is unknown.
  if (unread[0]) return unknown(unread[0].reason);
  return present([...new Set(grants.value.flatMap(({ actions, dataActions }) => [...actions, ...dataActions]))]);
};

/** Every Azure API that the product and its SDKs call. A preview version needs a reason. */
const spoken = (): ProductFacts['apiVersions'] =>
  (Object.keys(API_VERSIONS) as ApiService[]).flatMap((service) => {
    const why = PREVIEWS[service];
    return API_VERSIONS[service].map((version) => ({ service, version, ...(why !== undefined && { why }) }));
  });

/** The facts by which the product judges itself: the rights that it really has, and the commands that it gives to people. */
export const productFacts = (own: Fact<OwnRights>): ProductFacts => ({
  rights: rightsOf(own),
  keyPermissions: KEY_PERMISSIONS,
  apiVersions: spoken(),
  commands: everyCommand(),
  azureCli: AZURE_CLI,
  wakes: ['sweep', 'probe', 'event'],
  links: LINKS,
});
