import { describe, expect, it } from 'vitest';
import { postureChunks } from '../../../src/loop/posture/posture-keys.ts';
import { aFlexibleServer, aSingleServer, kidOf, V1, V2 } from '../../builders/observation.ts';

const keys = (vault: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    key: { host: `${vault}.vault.azure.net`, name: `key-${at}` },
    consumers: [aSingleServer(`${vault}-${at}`)],
  }));

describe('the parts of a posture report', () => {
  it('hold a hundred keys or the keys of one vault, which stay together', () => {
    const chunks = postureChunks([
      ...keys('small', 60),
      ...keys('other', 60),
      ...keys('large', 250),
      ...keys('last', 1),
    ]);
    const shapes = chunks.map((chunk) =>
      [...Map.groupBy(chunk, ({ key }) => key.host.split('.')[0])].map(([vault, all]) => [vault, all.length]),
    );
    expect(shapes).toEqual([[['small', 60]], [['other', 60]], [['large', 250]], [['last', 1]]]);
    expect(
      postureChunks(Array.from({ length: 1_000 }, (_, at) => keys(`kv-${at}`, 1)).flat()).map((one) => one.length),
    ).toEqual(Array.from({ length: 10 }, () => 100));
  });

  it('tell every key that a consumer uses, in whatever part the others are', () => {
    const server = aFlexibleServer();
    const geo = aFlexibleServer('billing', { use: 'geoBackup', version: V2 });
    const elsewhere = { host: 'paired.vault.azure.net', name: 'geo' };
    const [chunk] = postureChunks([
      { key: server.pinned.key, consumers: [server] },
      { key: elsewhere, consumers: [geo] },
    ]);
    expect(chunk?.map(({ uses }) => uses[server.id.toLowerCase()])).toEqual(
      Array.from({ length: 2 }, () => [
        { use: 'active', kid: kidOf(V1) },
        { use: 'geoBackup', kid: kidOf(V2) },
      ]),
    );
  });
});
