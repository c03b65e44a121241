import type { Deployable } from './deployable.ts';

/** A mistake of a deployer: made in the deployed cloud, found by the doctor in a sentence with these words, and undone. */
export type Mistake = {
  readonly name: string;
  /** Makes the mistake, and returns the function that undoes it. */
  make(place: Deployable): () => void;
  readonly words: string;
};

const GROUP = '/resourcegroups/guardian/';

/** Object id of the product's identity. */
export const productOf = ({ cloud, subscription }: Deployable): string => {
  const identities = `/subscriptions/${subscription}/resourceGroups/guardian/providers/Microsoft.ManagedIdentity`;
  const found = cloud.world.entra.managedIdentity(`${identities}/userAssignedIdentities/id-cmk-guardian`);
  if (!found) throw new Error('the product has no identity');
  return found.objectId;
};

const assignmentOf = (place: Deployable, role: string) => {
  const { rbac } = place.cloud.world;
  const [name, product] = [rbac.definition(role)?.name, productOf(place)];
  const found = rbac.assignments().find((one) => one.role === name && one.principalId === product);
  if (!found) throw new Error(`the product has not the role ${role}`);
  return found;
};

const accountOf = ({ cloud }: Deployable) => {
  const found = cloud.world.storage.accounts().find(({ id }) => id.toLowerCase().includes(GROUP));
  if (!found) throw new Error('the product has no storage account');
  return found;
};

const withoutRole =
  (role: string): Mistake['make'] =>
  (place) => {
    const { rbac } = place.cloud.world;
    const { scope, name, principalId, principalType, madeBy } = assignmentOf(place, role);
    rbac.unassign(scope, name);
    return () => void rbac.assign({ scope, role, name, principalId, principalType, madeBy });
  };

const withoutCondition: Mistake['make'] = (place) => {
  const { rbac } = place.cloud.world;
  const found = assignmentOf(place, 'CMK Guardian Grants');
  const { condition } = found;
  rbac.rewrite(found, place.owner);
  return () => void rbac.rewrite(found, place.owner, condition);
};

const closed: Mistake['make'] = (place) => {
  const { networkAcls } = accountOf(place).properties;
  const letIn = networkAcls.virtualNetworkRules;
  networkAcls.virtualNetworkRules = [];
  return () => {
    networkAcls.virtualNetworkRules = letIn;
  };
};

const withKeys: Mistake['make'] = (place) => {
  const { properties } = accountOf(place);
  properties.allowSharedKeyAccess = true;
  return () => {
    properties.allowSharedKeyAccess = false;
  };
};

/** Changes one setting without a restart of the app: the doctor reads the stored settings. */
const withSetting =
  (name: string, written: (before: string) => string): Mistake['make'] =>
  ({ cloud }) => {
    const [site] = cloud.world.web.sites.all();
    const before = site?.settings;
    if (!site || !before) throw new Error('there is no app');
    site.settings = { ...before, [name]: written(before[name] ?? '') };
    return () => {
      site.settings = before;
    };
  };

const ANOTHER_TENANT = '00000000-0000-4000-8000-00000000aaaa';

/** Mistakes with which the host cannot start: the product itself cannot report them, and only the doctor names the reason. */
export const FATAL: readonly Mistake[] = [
  {
    name: 'a role on the storage is missing',
    make: withoutRole('Storage Queue Data Contributor'),
    words: "The app's identity has not the role Storage Queue Data Contributor on the storage account ",
  },
  {
    name: 'the storage lets the subnet no longer in',
    make: closed,
    words: "is closed, and the app's subnet is not let in, so the host does not start.",
  },
  {
    name: 'a connection string is left over',
    make: withSetting('AzureWebJobsStorage', () => 'DefaultEndpointsProtocol=https;AccountName=left;AccountKey=over'),
    words: 'AzureWebJobsStorage is left over beside ',
  },
];

/** Mistakes with which the host runs, but the product does less, or is less safe, than it seems. */
export const SILENT: readonly Mistake[] = [
  {
    name: 'a part of the role is missing',
    make: withoutRole('CMK Guardian Keys'),
    words: "The app's identity has no role with what 'CMK Guardian Keys' allows, in subscription",
  },
  {
    name: 'the condition was forgotten',
    make: withoutCondition,
    words: 'without the condition: the app could give anybody any role, itself included.',
  },
  { name: 'the storage takes shared keys', make: withKeys, words: 'still takes shared keys' },
  {
    name: 'the audience of people is of another version of tokens',
    make: withSetting('GUARDIAN_APPROVER_AUDIENCE', (clientId) => `api://${clientId}`),
    words: ': nobody can sign in.',
  },
  {
    name: 'the audience of alerts is of another version of tokens',
    make: withSetting('GUARDIAN_ALERT_AUDIENCE', (clientId) => `api://${clientId}`),
    words: ': no alert is heard.',
  },
  {
    name: 'people sign in to another tenant',
    make: withSetting('GUARDIAN_APPROVER_TENANT', () => ANOTHER_TENANT),
    words: `GUARDIAN_APPROVER_TENANT is ${ANOTHER_TENANT}, and the subscription is of the tenant `,
  },
];
