import type { SimVerb, World } from '../service.ts';
import type { KeyVersion } from './key.ts';
import type { KeyVault } from './key-vault.ts';
import { KEY, list, oneKey, oneVersion, seconds, truth, VERSION, versionId } from './verb-input.ts';

const expiry = oneVersion.extend({ inSeconds: seconds.default(-1) });
const operations = oneVersion.extend({ operations: list });
const attributes = oneVersion.extend({ enabled: truth.optional(), nbf: seconds.optional(), exp: seconds.optional() });

/** The part of a version that a verb answers. */
export const versionView = ({ kid, enabled, nbf, exp, tags }: KeyVersion) => ({ kid, enabled, nbf, exp, tags });

const expireKey = (world: World, keyVault: KeyVault): SimVerb => ({
  name: 'expire-key',
  title: 'Let time reach the expiry of a version, as if it had been set long ago',
  parameters: { ...VERSION, 'inSeconds?': 'seconds from now; a second ago when left out' },
  run: (input) => {
    const given = expiry.parse(input);
    const exp = Math.floor(world.clock.now() / 1000) + given.inSeconds;
    return versionView(keyVault.letExpire(given.vault, given.key, versionId(keyVault, given), exp));
  },
});

const setExpiry = (world: World, keyVault: KeyVault): SimVerb => ({
  name: 'set-expiry',
  title: 'Somebody sets the expiry of a version now: an act, as whoever takes a key away does',
  parameters: { ...VERSION, 'inSeconds?': 'seconds from now; a second ago when left out' },
  run: (input) => {
    const given = expiry.parse(input);
    const exp = Math.floor(world.clock.now() / 1000) + given.inSeconds;
    return versionView(keyVault.setAttributes(given.vault, given.key, versionId(keyVault, given), { exp }));
  },
});

const setKeyAttributes = (keyVault: KeyVault): SimVerb => ({
  name: 'set-key-attributes',
  title: 'Write the attributes of a version',
  parameters: {
    ...VERSION,
    'enabled?': 'true or false',
    'nbf?': 'not before, seconds since 1970',
    'exp?': 'expires, seconds since 1970',
  },
  run: (input) => {
    const { enabled, nbf, exp, ...given } = attributes.parse(input);
    const version = versionId(keyVault, given);
    return versionView(keyVault.setAttributes(given.vault, given.key, version, { enabled, nbf, exp }));
  },
});

const setKeyOperations = (keyVault: KeyVault): SimVerb => ({
  name: 'set-key-operations',
  title: 'Somebody changes what a version may be used for (key_ops)',
  parameters: { ...VERSION, operations: 'list: encrypt, decrypt, sign, verify, wrapKey, unwrapKey' },
  run: (input) => {
    const { operations: keyOps, ...given } = operations.parse(input);
    const written = keyVault.setAttributes(given.vault, given.key, versionId(keyVault, given), { keyOps });
    return { ...versionView(written), operations: written.keyOps };
  },
});

const disableKey = (keyVault: KeyVault): SimVerb => ({
  name: 'disable-key',
  title: 'Disable a version of a key',
  parameters: VERSION,
  run: (input) => {
    const given = oneVersion.parse(input);
    return versionView(keyVault.setAttributes(given.vault, given.key, versionId(keyVault, given), { enabled: false }));
  },
});

const deleteKey = (keyVault: KeyVault): SimVerb => ({
  name: 'delete-key',
  title: 'Soft-delete a key with all its versions',
  parameters: KEY,
  run: (input) => {
    const { vault, key } = oneKey.parse(input);
    return { deleted: keyVault.deleteKey(vault, key).name };
  },
});

const purgeKey = (keyVault: KeyVault): SimVerb => ({
  name: 'purge-key',
  title: 'End a deleted key for good, unless its vault is protected',
  parameters: KEY,
  run: (input) => {
    const { vault, key } = oneKey.parse(input);
    keyVault.purgeKey(vault, key);
    return { purged: key };
  },
});

const rotateKey = (keyVault: KeyVault): SimVerb => ({
  name: 'rotate-key',
  title: 'Make a new version the current one; whoever pins the old one keeps it',
  parameters: KEY,
  run: (input) => {
    const { vault, key } = oneKey.parse(input);
    return versionView(keyVault.rotateKey(vault, key));
  },
});

/** Verbs that break keys without a request to Azure: no caller, no permission. */
export const keyBreaks = (world: World, keyVault: KeyVault): SimVerb[] => [
  expireKey(world, keyVault),
  setExpiry(world, keyVault),
  setKeyAttributes(keyVault),
  setKeyOperations(keyVault),
  disableKey(keyVault),
  deleteKey(keyVault),
  purgeKey(keyVault),
  rotateKey(keyVault),
];
