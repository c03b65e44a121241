import type { Answer, Route } from '../room.ts';
import { dataPage } from './data-page.ts';
import type { DataRoute, Permitted } from './data-route.ts';
import { activeKey, versionOf } from './find-key.ts';
import { phase } from './key.ts';
import { keyBundle, keyItem, keyUri } from './key-bundle.ts';
import { keyAttributes, keyCreate, keySpec, keyUpdate } from './key-request.ts';
import type { KeyVault } from './key-vault.ts';
import { parseBody } from './parse-body.ts';

const list = ({ vault, call, now }: Permitted): Answer => {
  const keys = [...vault.keys.values()].filter((key) => phase(vault, key, now) === 'active');
  const items = keys.map((key) => keyItem(vault, versionOf(key), keyUri(vault, key.name)));
  return dataPage(call, items);
};

const listVersions = ({ vault, name, call, now }: Permitted): Answer => {
  const { versions } = activeKey(vault, name, now);
  return dataPage(
    call,
    versions.map((version) => keyItem(vault, version, version.kid)),
  );
};

/** A disabled key is shown like any other (observed by users; that secrets differ is documented). */
const get = ({ vault, name, version, now }: Permitted): Answer => ({
  status: 200,
  body: keyBundle(vault, versionOf(activeKey(vault, name, now), version)),
});

/** Keys on the data plane: list, read, create, change, rotate. */
export const keyRoutes = (route: DataRoute, keyVault: KeyVault): Route[] => {
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
