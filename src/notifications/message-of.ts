import { sha256 } from '../remediation/model/canonical.ts';
import { keyRefOf } from './key-name.ts';
import { IMPACTS, type ImpactTold, MESSAGE_KINDS, type Message, type MessageKind } from './message.ts';
import type { About, AffectedOne, Notice } from './notice.ts';
import { cut } from './plain.ts';

/**
 * The most entries of a list in a message: a person who can create resources must not make a message longer than this.
 * A channel may take less.
 */
const MOST = 20;
const LONGEST = 2_000;
const IDS = 12;

/** The address of the page; left out where the app does not know its own address. */
type Place = { readonly page?: string };

/** The name of a root cause as the key of an alert. It is a hash, so that it fits and reveals nothing to outsiders. */
const threadOf = (cause: string): string => `cmk-guardian-${sha256(cause).slice(0, 32)}`;

const kindOf = ({ verdict }: Notice): MessageKind => MESSAGE_KINDS.find((kind) => kind === verdict) ?? 'report';

const worstOf = ({ about, verdict }: Notice): ImpactTold =>
  IMPACTS.find((harm) => about?.harmed.some((one) => one.harm === harm)) ??
  (verdict === 'alert' ? 'threatened' : 'none');

const namesOf = ([first, second, ...more]: readonly AffectedOne[]): string => {
  const names = [first, second].flatMap((one) => one?.name ?? []);
  return more.length > 0 ? `${names.join(', ')} and ${more.length} more` : names.join(' and ');
};

/** The impact in a few words: the first part that people read, and maybe the only one. */
const stateOf = ({ about, keyId }: Notice, harm: ImpactTold): string => {
  const all = about?.harmed ?? [];
  const worst = all.filter((one) => one.harm === harm);
  if (harm === 'none' || worst.length === 0) return keyRefOf(keyId);
  const others = all.length - worst.length + (about?.alsoHarmed ?? 0);
  const more = others > 0 ? `, ${others} more affected` : '';
  return `${namesOf(worst)} ${worst.length === 1 ? 'is' : 'are'} ${harm}${more}`;
};

const TITLES: Readonly<Record<MessageKind, (state: string, notice: Notice) => string>> = {
  ask: (state) => `${state}: your answer is needed`,
  run: (state) => `${state}: it is being repaired`,
  report: (state, { about, sentences }) =>
    about === undefined ? (sentences[0] ?? state) : `${state}: a person must act`,
  unseen: (state) => `${state} cannot be seen`,
  alert: (_state, { sentences }) => `Alert: ${sentences[0] ?? 'a person must look'}`,
  healthy: (state, { letGo }) => (letGo ? `${state}: what was affected is out of scope now` : `${state} is well again`),
  summary: (_state, { sentences }) => sentences[0] ?? 'The week',
};

const deadlineOf = ({ about }: Notice): { readonly deadline?: string } => {
  const [deadline] = (about?.harmed ?? []).flatMap((one) => one.deadline ?? []).toSorted();
  return deadline === undefined ? {} : { deadline };
};

const linkOf = ({ incident, verdict }: Notice, { page }: Place): { readonly link?: string } => {
  if (page === undefined) return {};
  const view = verdict === 'summary' ? 'history' : incident === undefined ? 'now' : `incidents/${incident}`;
  return { link: `${page}#/${view}` };
};

const boundedTo = (most: number, sentences: readonly string[]): string[] => [
  ...sentences.slice(0, most).map((one) => cut(one, LONGEST)),
  ...(sentences.length > most ? [`… and ${sentences.length - most} more.`] : []),
];

const NOTHING: About = {
  what: [],
  harmed: [],
  alsoHarmed: 0,
  does: [],
  commands: [],
  runbooks: [],
  owners: [],
  touches: [],
};

const withoutQuotes = (command: string): string => command.replace(/^`|`$/g, '').replaceAll('` (', ' # (');

const idsOf = ({ keyId, incident, planId }: Notice, { harmed }: About): string[] => [
  `key ${keyId}`,
  ...(incident === undefined ? [] : [`incident ${incident}`]),
  ...(planId === undefined ? [] : [`plan ${planId}`]),
  ...harmed.slice(0, IDS).map(({ id }) => id),
];

/** The ids and commands of a message about a repair. A message about an end, or a summary, needs none. */
const byHandOf = (notice: Notice, about: About, kind: MessageKind): Message['byHand'] =>
  kind === 'healthy' || kind === 'summary'
    ? { ids: [], commands: [] }
    : { ids: idsOf(notice, about), commands: about.commands.slice(0, MOST).map(withoutQuotes) };

const answerOf = ({ planId, verdict }: Notice): Pick<Message, 'answer'> =>
  planId === undefined || verdict !== 'ask' ? {} : { answer: { planId, number: planId.slice(0, 8) } };

/** The id is made of the content, so that a message that waits and is sent again is the same message. */
const idOf = ({ keyId, verdict, at, incident, planId, sentences }: Notice): string =>
  sha256(JSON.stringify([keyId, verdict, at, incident, planId, sentences])).slice(0, 32);

/** The message of a notice. A notice about the product itself has no parts: its sentences are complete. */
export const messageOf = (notice: Notice & { readonly at: string }, place: Place): Message => {
  const kind = kindOf(notice);
  const { about = { ...NOTHING, what: notice.sentences }, incident, keyId } = notice;
  const harm = worstOf(notice);
  return {
    id: idOf(notice),
    kind,
    at: notice.at,
    title: cut(TITLES[kind](stateOf(notice, harm), notice), 300),
    harm,
    what: boundedTo(MOST, about.what),
    harmed: about.harmed.slice(0, MOST).map(({ deadline: _deadline, ...one }) => one),
    alsoHarmed: about.alsoHarmed,
    does: boundedTo(MOST, about.does),
    ...deadlineOf(notice),
    ...answerOf(notice),
    ...linkOf(notice, place),
    key: keyId,
    ...(incident !== undefined && { incident }),
    byHand: byHandOf(notice, about, kind),
    runbooks: about.runbooks.slice(0, MOST),
    threads: (notice.causes ?? [`told ${keyId} ${notice.sentences[0]}`]).map(threadOf),
    over: (notice.over ?? []).map(threadOf),
    owners: [...about.owners],
    touches: [...about.touches],
  };
};
