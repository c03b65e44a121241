import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { IN_FULL, ROOTS } from './roots.ts';
import { unfolded, type Workshop } from './tofu.ts';

const PLAN = ['plan', '-no-color', '-compact-warnings', '-input=false', '-lock=false', '-refresh=false'];

const plan = async (
  workshop: Workshop,
  root: string,
  name: string,
  values: object,
  codes: readonly number[] = [0],
): Promise<string> => {
  const file = path.join(workshop.folder, root, `${name}.tfvars.json`);
  writeFileSync(file, JSON.stringify(values));
  return workshop.run(root, [...PLAN, '-concise', `-var-file=${name}.tfvars.json`], { codes });
};

type Mistaken = { readonly values: object; readonly words: readonly string[] };

const scopes = ['/subscriptions/00000000-0000-4000-8000-00000000000b'];

/** Mistakes in the values of a deployer, and the text with which a plan refuses them before anything is made. */
const MISTAKEN: readonly Mistaken[] = [
  {
    values: {
      settings: { AzureWebJobsStorage: 'DefaultEndpointsProtocol=https;AccountName=left;AccountKey=over' },
      entra_client_id: 'api://00000000-0000-4000-8000-0000000000c1',
    },
    words: [
      'What has a variable of its own, or is known here, is not said a second time.',
      'It must be a GUID, or empty.',
    ],
  },
  {
    values: { scopes: ['/providers/Microsoft.Management/landing-zones'] },
    words: ['Each must be /subscriptions/{id}, /subscriptions/{id}/resourceGroups/{name} or'],
  },
  {
    values: { scopes: [...scopes, '!/providers/Microsoft.Management/managementGroups/sandbox'] },
    words: ['A management group is not excluded: name others, or exclude subscriptions.'],
  },
  {
    values: { scopes: scopes.map((id) => `!${id}`) },
    words: ['Exclusions alone name nothing.'],
  },
  {
    values: { key_subscriptions: ['/subscriptions/00000000-0000-4000-8000-00000000000c'] },
    words: ['scopes names none of these: name the subscriptions in scopes instead.'],
  },
  {
    values: { scopes: ['one', 'other'].map((name) => `/providers/Microsoft.Management/managementGroups/${name}`) },
    words: ['set role_management_group to one that is above all of them.'],
  },
  {
    values: { settings: { GUARDIAN_NEAR_EXPIRE: 'P60D' } },
    words: ['The product has no setting GUARDIAN_NEAR_EXPIRE: look for a typing mistake.'],
  },
];

const refuses = async (workshop: Workshop, { values, words }: Mistaken): Promise<void> => {
  const said = await plan(workshop, 'product', 'mistaken', { ...ROOTS['product'], ...values }, [1]);
  const missing = words.filter((one) => !unfolded(said).includes(one));
  if (missing.length > 0)
    throw new Error(`a plan was to be refused with '${missing.join("', '")}', and was with:\n${said}`);
};

const checkRoot = async (workshop: Workshop, root: string): Promise<void> => {
  const least = ROOTS[root] ?? {};
  await workshop.run(root, ['init', '-no-color', '-backend=false', '-input=false']);
  await workshop.run(root, ['validate', '-no-color']);
  await plan(workshop, root, 'least', least);
  await plan(workshop, root, 'full', { ...least, ...IN_FULL[root] });
};

/**
 * Checks the files of infra/ without any cloud: their form, their types, and a plan of each root, with the fewest and with all
 * options.
 */
export const checkWritten = async (workshop: Workshop): Promise<void> => {
  await workshop.run('.', ['fmt', '-check', '-diff', '-recursive']);
  // Each plan reads the types of Azure, which takes seconds on one core.
  await Promise.all(Object.keys(ROOTS).map((root) => checkRoot(workshop, root)));
  for (const mistaken of MISTAKEN) await refuses(workshop, mistaken);
};
