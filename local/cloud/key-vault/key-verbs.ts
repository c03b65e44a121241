import { z } from 'zod';
import type { SimVerb, World } from '../room.ts';
import type { KeyVersion } from './key.ts';
import type { KeyAttributes } from './key-changes.ts';
import type { KeyVault } from './key-vault.ts';

const target = { vault: z.string(), key: z.string() };
const oneKey = z.object(target);
const oneVersion = z.object({ ...target, version: z.string().optional() });
const expiry = oneVersion.extend({ inSeconds: z.number().default(-1) });
const attributes = oneVersion.extend({
  enabled: z.boolean().optional(),
  nbf: z.int().optional(),
  exp: z.int().optional(),
});
const tagging = oneVersion.extend({ name: z.string(), value: z.string().default('true') });

const KEY = { vault: 'name of the vault', key: 'name of the key' };
const VERSION = { ...KEY, 'version?': 'version; the current one when left out' };

const view = ({ kid, enabled, nbf, exp, tags }: KeyVersion) => ({ kid, enabled, nbf, exp, tags });

/** What goes wrong with keys, and what puts it right, done behind Azure's back: no caller, no permission. */
export const keyVerbs = (world: World, keyVault: KeyVault): { breaks: SimVerb[]; repairs: SimVerb[] } => {
  const write = ({ vault, key, version }: z.infer<typeof oneVersion>, changes: KeyAttributes) =>
    view(keyVault.setAttributes(vault, key, version, changes));
  const tagsOf = ({ vault, key, version }: z.infer<typeof oneVersion>) => {
    const versions = keyVault.key(vault, key)?.versions ?? [];
    return (version ? versions.find((one) => one.version === version) : versions.at(-1))?.tags;
  };
  const breaks: SimVerb[] = [
    {
      name: 'expire-key',
      title: 'Let a version of a key expire',
      parameters: { ...VERSION, 'inSeconds?': 'seconds from now; a second ago when left out' },
      run: (input) => {
        const given = expiry.parse(input);
        return write(given, { exp: Math.floor(world.clock.now() / 1000) + given.inSeconds });
      },
    },
    {
      name: 'set-key-attributes',
      title: 'Write the attributes of a version',
      parameters: {
        ...VERSION,
        'enabled?': 'true or false',
        'nbf?': 'seconds since 1970',
        'exp?': 'seconds since 1970',
      },
      run: (input) => {
        const { enabled, nbf, exp, ...version } = attributes.parse(input);
        return write(version, { enabled, nbf, exp });
      },
    },
    {
      name: 'disable-key',
      title: 'Disable a version of a key',
      parameters: VERSION,
      run: (input) => write(oneVersion.parse(input), { enabled: false }),
    },
    {
      name: 'delete-key',
      title: 'Soft-delete a key with all its versions',
      parameters: KEY,
      run: (input) => {
        const { vault, key } = oneKey.parse(input);
        return { deleted: keyVault.deleteKey(vault, key).name };
      },
    },
    {
      name: 'rotate-key',
      title: 'Make a new version the current one; whoever pins the old one keeps it',
      parameters: KEY,
      run: (input) => {
        const { vault, key } = oneKey.parse(input);
        return view(keyVault.rotateKey(vault, key));
      },
    },
  ];
  const repairs: SimVerb[] = [
    {
      name: 'enable-key',
      title: 'Enable a version of a key',
      parameters: VERSION,
      run: (input) => write(oneVersion.parse(input), { enabled: true }),
    },
    {
      name: 'recover-key',
      title: 'Recover a deleted key',
      parameters: KEY,
      run: (input) => {
        const { vault, key } = oneKey.parse(input);
        return { recovering: keyVault.recoverKey(vault, key).name };
      },
    },
    {
      name: 'tag-key',
      title: 'Set a tag on a version of a key, for example the one that forbids to heal it',
      parameters: { ...VERSION, name: 'name of the tag', 'value?': 'its value; true when left out' },
      run: (input) => {
        const { name, value, ...version } = tagging.parse(input);
        return write(version, { tags: { ...tagsOf(version), [name]: value } });
      },
    },
  ];
  return { breaks, repairs };
};
