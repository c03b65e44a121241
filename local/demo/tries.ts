import type { Mode } from './mode.ts';
import type { TimedLooks } from './timed-looks.ts';

/** A thing to try, in words, and its commands. */
export type Try = readonly [what: string, ...commands: string[]];

/** The targets of the tries: a key, and the server that uses it. `id`: the id of the key in the app's API. */
export type Broken = {
  readonly vault: string;
  readonly key: string;
  readonly server: string;
  readonly id: string;
};

type InMode = { readonly [Name in Mode]: string };

const EXPIRE: InMode = {
  auto: 'Let a key expire, and ten minutes pass at once: it is extended, and its server serves again',
  approve: 'Let a key expire, and ten minutes pass at once: the app asks before it extends it',
  observe:
    'Let a key expire, and ten minutes pass at once: the app reports what it would do, and the server stays down',
};

const FOUND: { readonly [Looks in TimedLooks]: string } = {
  'sweep alone': 'the next sweep finds it (the probe is off)',
  'sweep and probe': 'probe or sweep find it',
};

const SILENCED: { readonly [Looks in TimedLooks]: string } = {
  'sweep alone': 'the sweep, since the probe is off',
  'sweep and probe': 'sweep and probe',
};

const DELETED: InMode = {
  auto: 'it comes back by itself',
  approve: 'the app asks before it recovers it',
  observe: 'the app reports it. Then recover it yourself',
};

const SET_EXPIRY: InMode = {
  auto: 'Have somebody set its expiry instead, to take the key away: the app asks, and goes on only after a yes',
  approve: 'Have somebody set its expiry instead, to take the key away: the app asks before it puts it off',
  observe: 'Have somebody set its expiry instead, to take the key away: the app reports that it would ask',
};

const DISABLE: InMode = {
  auto: 'Disable a key: somebody may have meant that, so the app asks before it enables it (or enable it yourself)',
  approve: 'Disable a key: somebody may have meant that, so the app asks before it enables it (or enable it yourself)',
  observe: 'Disable a key: the app reports it, and says that it would ask; enable it yourself',
};

const MAKE_REPLICA: InMode = {
  auto: 'Make a replica: it inherits the key and may not use it, gets an identity and access, and serves (the act `--act replica`)',
  approve: 'Make a replica: it inherits the key and may not use it; the app asks before it does anything for it',
  observe: 'Make a replica: it inherits the key and may not use it; the app reports that, and does nothing for it',
};

const post = (what: string, body: unknown): string => `curl -s -X POST $SIM/${what} -d '${JSON.stringify(body)}'`;

const pass = (by: string): string => post('advance', { by });

/** The acts that a reader can try, and the reaction of the app in this mode. */
export const breaksToTry = (mode: Mode, looks: TimedLooks, { vault, key, server }: Broken): readonly Try[] => {
  const named = { vault, key };
  const recover = mode === 'observe' ? [post('repair/recover-key', named)] : [];
  return [
    [
      `Delete a key: Azure has no event for that, ${FOUND[looks]}, and ${DELETED[mode]}`,
      post('break/delete-key', named),
      pass('PT10M'),
      ...recover,
    ],
    [DISABLE[mode], post('break/disable-key', named), post('repair/enable-key', named)],
    [
      `Silence Event Grid before you break something: then only the app’s own looks can find it: ${SILENCED[looks]}`,
      'curl -s -X POST $SIM/break/unsubscribe -d "{\\"name\\":\\"guardian\\",\\"scope\\":\\"$VAULT\\"}"',
    ],
    [
      MAKE_REPLICA[mode],
      post('break/create-replica', { server, name: `${server}-replica` }),
      pass(mode === 'auto' ? 'PT20M' : 'PT10M'),
    ],
    [SET_EXPIRY[mode], post('break/set-expiry', named), pass('PT10M')],
    [EXPIRE[mode], post('break/expire-key', named), pass('PT10M')],
  ];
};
