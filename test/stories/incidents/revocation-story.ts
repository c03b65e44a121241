/** Access that an owner took away on purpose, with a mark that says so: each link of many consumers, under a mark of its own. */
import { expect } from 'vitest';
import { type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { theServer, theSet } from '../../builders/breaking/find-subject.ts';
import { closeFirewalls } from '../../builders/breaking/firewall.ts';
import { type Kind, type Link, linksOf, type Model } from '../../builders/breaking/links.ts';
import { KEY_NAME, type Subject, subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { writesOf } from '../../builders/breaking/write-names.ts';
import { productRequests } from '../../builders/incident.ts';

/** Long enough for unmarked consumers to be healed. */
const HALF_AN_HOUR = 30 * MINUTE;

const TAG = { 'cmk-guardian:do-not-heal': 'the customer left' };

type Mark = (app: App, subject: Subject) => void | Promise<void>;

const consumerOf = ({ cloud }: App, subject: Subject) =>
  subject.kind === 'set' ? theSet(cloud.world, subject) : theServer(cloud.world, subject.name);

const record =
  (targetOf: (app: App, subject: Subject) => string): Mark =>
  async (app, subject) => {
    const body = { target: targetOf(app, subject), why: 'the customer left' };
    await app.door({ method: 'PUT', path: '/api/do-not-heal', body }, 200);
  };

/** Every kind of mark. */
export const MARKS = {
  'a tag on the vault': ({ cloud }, { vault }) => void cloud.world.keyVault.updateVault(vault, { tags: TAG }),
  'a tag on the key': ({ cloud }, { vault }) =>
    void cloud.world.keyVault.setAttributes(vault, KEY_NAME, undefined, { tags: TAG }),
  'a tag on the consumer': (app, subject) => void Object.assign(consumerOf(app, subject).tags, TAG),
  'a record for the vault': record(({ cloud }, { vault }) => cloud.world.keyVault.vault(vault)?.id ?? ''),
  'a record for the key': record((_app, { vault }) => `https://${vault}.vault.azure.net/keys/${KEY_NAME}`),
  'a record for the consumer': record((app, subject) => consumerOf(app, subject).id),
} as const satisfies Record<string, Mark>;

export type MarkName = keyof typeof MARKS;
const NAMES = Object.keys(MARKS) as MarkName[];

/** A copy has nothing to be revoked from: it never had access. */
const revocable = (kind: Kind): readonly Link[] => linksOf(kind).filter((link) => link !== 'copyFresh');

export type Revoked = { readonly what: string; readonly writes: readonly string[] };

type Told = { readonly marked: readonly Revoked[]; readonly unmarked: readonly Revoked[] };

/** A link that is broken, and under which mark if any. */
type Cell = { readonly mark?: MarkName; readonly link: Link };

/** Every link under every mark, and unmarked. */
export const everyCell = (kind: Kind): readonly Cell[] =>
  revocable(kind).flatMap((link) => [{ link }, ...NAMES.map((mark) => ({ link, mark }))]);

/** Every link once under some mark and once unmarked, so that every mark comes at least once. */
export const someCells = (kind: Kind): readonly Cell[] =>
  revocable(kind).flatMap((link, at) => [{ link }, { link, mark: NAMES[at % NAMES.length] as MarkName }]);

/** Each cell has a consumer of its own; all are on one app. */
export const revoke = async (kind: Kind, model: Model, cells = everyCell(kind)): Promise<Told> => {
  const subjects = subjectsOf(
    kind,
    model,
    cells.map(({ link }) => [link]),
  );
  const settings = { GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_FUSE_ROOT_CAUSES: '9999' };
  const app = await startApp({ world: worldOf(subjects), wake: 'sweep', settings });
  closeFirewalls(app.cloud.world, subjects);
  await app.pass(NEXT_SWEEP);
  for (const [at, subject] of subjects.entries()) {
    const mark = cells[at]?.mark;
    if (mark) await MARKS[mark](app, subject);
  }
  // A mark on a key can be read only as long as its vault is there.
  await app.pass(NEXT_SWEEP);
  for (const subject of subjects) breakLinks(app.cloud.world, subject);
  await app.pass(HALF_AN_HOUR);
  const sent = productRequests(app).filter(({ mutating }) => mutating);
  const told = subjects.map((subject, at) => ({
    what: `${subject.links.join()}, ${cells[at]?.mark ?? 'unmarked'}`,
    writes: writesOf(subject, sent),
  }));
  const isMarked = (_: Revoked, at: number): boolean => cells[at]?.mark !== undefined;
  return { marked: told.filter(isMarked), unmarked: told.filter((one, at) => !isMarked(one, at)) };
};

/** The product wrote nothing where there is a mark, and wrote where there is none. */
export const expectRevoked = ({ marked, unmarked }: Told): void => {
  expect(marked.filter(({ writes }) => writes.length > 0)).toEqual([]);
  expect(unmarked.filter(({ writes }) => writes.length === 0)).toEqual([]);
};
