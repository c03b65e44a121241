import { z } from 'zod';
import type { SimVerb } from '../service.ts';
import { versionOf } from './find-key.ts';
import { versionView } from './key-breaks.ts';
import type { KeyVault } from './key-vault.ts';
import { KEY, oneKey, oneVersion, VERSION, versionId } from './verb-input.ts';

const tagging = oneVersion.extend({ name: z.string(), value: z.coerce.string().default('true') });

const enableKey = (keyVault: KeyVault): SimVerb => ({
  name: 'enable-key',
  title: 'Enable a version of a key',
  parameters: VERSION,
  run: (input) => {
    const given = oneVersion.parse(input);
    return versionView(keyVault.setAttributes(given.vault, given.key, versionId(keyVault, given), { enabled: true }));
  },
});

const recoverKey = (keyVault: KeyVault): SimVerb => ({
  name: 'recover-key',
  title: 'Recover a deleted key',
  parameters: KEY,
  run: (input) => {
    const { vault, key } = oneKey.parse(input);
    return { recovering: keyVault.recoverKey(vault, key).name };
  },
});

const tagKey = (keyVault: KeyVault): SimVerb => ({
  name: 'tag-key',
  title: 'Set a tag on a version of a key, for example the one that forbids to heal it',
  parameters: { ...VERSION, name: 'name of the tag', 'value?': 'its value; true when left out' },
  run: (input) => {
    const { name, value, ...given } = tagging.parse(input);
    const version = versionId(keyVault, given);
    const key = keyVault.key(given.vault, given.key);
    const tags = { ...(key ? versionOf(key, version).tags : {}), [name]: value };
    return versionView(keyVault.setAttributes(given.vault, given.key, version, { tags }));
  },
});

/** Verbs that repair keys without a request to Azure. */
export const keyRepairs = (keyVault: KeyVault): SimVerb[] => [
  enableKey(keyVault),
  recoverKey(keyVault),
  tagKey(keyVault),
];
