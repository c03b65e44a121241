import type { Answer, Route, World } from '../service.ts';
import { dataPage } from './data-page.ts';
import type { DataRoute, Permitted } from './data-route.ts';
import { activeKey, versionOf } from './find-key.ts';
import { keyBundle, keyItem, keyUri } from './key-bundle.ts';
import { phase } from './key-life.ts';
import { createKeyLists } from './key-lists.ts';
import { keyAttributes, keyCreate, keySpec, keyUpdate } from './key-request.ts';
import type { KeyVault } from './key-vault.ts';
import { checkEnabled } from './key-window.ts';
import { parseBody } from './parse-body.ts';

const itemsOf = ({ vault, now }: Permitted): unknown[] =>
  [...vault.keys.values()]
    .filter((key) => phase(vault, key, now) === 'active')
    .map((key) => keyItem(vault, versionOf(key), keyUri(vault, key.name)));

const listVersions = ({ vault, name, call, now }: Permitted): Answer => {
  const { versions } = activeKey(vault, name, now);
  return dataPage(
    call,
    versions.map((version) => keyItem(vault, version, version.kid)),
  );
};

/** Keys on the data plane: list, read, create, change, rotate. */
export const keyRoutes = (world: World, route: DataRoute, keyVault: KeyVault): Route[] => {
  const lists = createKeyLists(world);
  const list = (permitted: Permitted): Answer => {
    const items = lists(permitted.vault.id, () => itemsOf(permitted));
    world.changed({ kind: 'keysListed', resourceId: permitted.vault.id, at: permitted.now });
    return dataPage(permitted.call, items, world.switches.keyListPages ?? 'full');
  };
  // Users have seen a disabled key shown like any other, others have seen it refused, as secrets are.
  const get = ({ vault, name, version: asked, now }: Permitted): Answer => {
    const version = versionOf(activeKey(vault, name, now), asked);
    if (world.switches.disabledKeyReads === 'refused') checkEnabled(version, 'get');
    return { status: 200, body: keyBundle(vault, version) };
  };
  const update = ({ vault, name, version, call }: Permitted): Answer => {
    const changes = keyAttributes(parseBody(keyUpdate, call.body, 'BadParameter'));
    return { status: 200, body: keyBundle(vault, keyVault.setAttributes(vault.name, name, version, changes)) };
  };
  const create = ({ vault, name, call }: Permitted): Answer => {
    const spec = keySpec(parseBody(keyCreate, call.body, 'BadParameter'));
    return { status: 200, body: keyBundle(vault, keyVault.createKey(vault.name, name, spec)) };
  };
  const rotate = ({ vault, name }: Permitted): Answer => ({
    status: 200,
    body: keyBundle(vault, keyVault.rotateKey(vault.name, name)),
  });
  return [
    route('GET', '/keys', 'list', list),
    route('GET', '/keys/{key}', 'get', get),
    route('GET', '/keys/{key}/versions', 'list', listVersions),
    route('GET', '/keys/{key}/{version}', 'get', get),
    route('PATCH', '/keys/{key}', 'update', update),
    route('PATCH', '/keys/{key}/{version}', 'update', update),
    route('POST', '/keys/{key}/create', 'create', create),
    route('POST', '/keys/{key}/rotate', 'rotate', rotate),
  ];
};
