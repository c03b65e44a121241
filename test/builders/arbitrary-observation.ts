import fc from 'fast-check';
import {
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  present,
  unknown,
} from '../../src/remediation/facts.ts';
import { aFlexibleServer, anObservation, aSingleServer, aVault, aVersion, inDays, V1, V2 } from './observation.ts';

const blind = fc.constant(unknown('403 from the firewall'));
const gone = fc.constant(absent);
const days = fc.integer({ min: -400, max: 400 });
const tags = fc.constantFrom<Record<string, string>>({}, {}, {}, { 'cmk-guardian:do-not-heal': 'true' });

const version = (name: string): fc.Arbitrary<Fact<KeyVersionFacts>> => {
  const facts = fc
    .record({ expires: fc.option(days), starts: fc.option(days), enabled: fc.constantFrom(true, true, false), tags })
    .map(({ expires, starts, enabled, ...rest }) =>
      present(
        aVersion(name, {
          ...rest,
          enabled,
          ...(expires === null ? {} : { expiresOn: inDays(expires) }),
          ...(starts === null ? {} : { notBefore: inDays(starts) }),
        }),
      ),
    );
  return fc.oneof({ weight: 6, arbitrary: facts }, gone, blind);
};

const loss: fc.Arbitrary<KeyObservation['loss']> = fc.oneof(
  tags.map((marked) =>
    present({ kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(89), tags: marked } as const),
  ),
  fc.constantFrom(undefined, present({ kind: 'gone' } as const), present({ kind: 'versionMissing' } as const)),
  blind,
);

const state: fc.Arbitrary<ConsumerFacts['state']> = fc.oneof(
  fc
    .constantFrom('ready', 'inaccessible', 'inaccessible', 'busy', 'stopped', 'unfamiliar')
    .map((name) => present({ state: name, raw: name } as const)),
  gone,
  blind,
);

const consumer = (name: string): fc.Arbitrary<ConsumerFacts> =>
  fc
    .record({
      make: fc.constantFrom(aSingleServer, aFlexibleServer),
      state,
      principalId: fc.oneof({ weight: 6, arbitrary: fc.constant(present('p')) }, gone, blind),
      version: fc.constantFrom(V1, V2),
      tags,
    })
    .map(({ make, ...facts }) => make(name, facts));

const list = fc
  .tuple(...['a', 'b', 'c'].map((name) => fc.option(consumer(name))))
  .map((all) => all.flatMap((one) => one ?? []));

/** Any key with up to three consumers, any of their facts absent or unknown. */
export const arbitraryObservation = fc
  .record({
    one: version(V1),
    two: version(V2),
    consumers: list,
    loss,
    listed: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, fc.constant(false)),
    vault: fc.oneof({ weight: 8, arbitrary: tags.map((marked) => present(aVault({ tags: marked }))) }, gone, blind),
  })
  .map(({ one, two, consumers, listed, vault, loss: became }) =>
    anObservation([[V1, one] as const, [V2, two] as const], listed ? consumers : [], {
      vault,
      ...(became === undefined ? {} : { loss: became }),
      ...(listed ? {} : { consumers: unknown('429') }),
    }),
  );
