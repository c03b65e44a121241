import type { VaultPlan, WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type Kind, type Link, linksOf, type Model } from './links.ts';

/** One consumer with a vault of its own, and the links of it that are broken. */
export type Subject = {
  readonly kind: Kind;
  readonly name: string;
  readonly vault: string;
  readonly model: Model;
  readonly links: readonly Link[];
};

/** The key of every subject. */
export const KEY_NAME = 'cmk';

export const copyName = ({ name }: Subject): string => `${name}-copy`;

const numbered = (kind: Kind, model: Model, links: readonly Link[], n: number): Subject => ({
  kind,
  name: `${kind}-${n}`,
  vault: `kv-${kind}-${n}`,
  model,
  links,
});

/** Every set of links but the empty one, the small ones first. */
export const subsetsOf = (kind: Kind): readonly (readonly Link[])[] => {
  const links = linksOf(kind);
  const all = Array.from({ length: 2 ** links.length - 1 }, (_, n) => links.filter((_, bit) => (n + 1) & (1 << bit)));
  return all.sort((a, b) => a.length - b.length);
};

const pairsOf = (links: readonly Link[]): readonly (readonly Link[])[] =>
  links.flatMap((link, at) => (at % 2 === 1 ? [[links[at - 1] as Link, link]] : []));

/** Some links with the next one, and all at once. */
const fewSubsetsOf = (kind: Kind): readonly (readonly Link[])[] => [...pairsOf(linksOf(kind)), linksOf(kind)];

/** The same, and each link alone. */
export const someSubsetsOf = (kind: Kind): readonly (readonly Link[])[] => [
  ...linksOf(kind).map((link) => [link]),
  ...fewSubsetsOf(kind),
];

export const subjectsOf = (kind: Kind, model: Model, subsets: readonly (readonly Link[])[]): readonly Subject[] =>
  subsets.map((links, n) => numbered(kind, model, links, n));

const vaultOf = ({ vault, model }: Subject): VaultPlan => ({
  name: vault,
  permissions: model,
  keys: [{ name: KEY_NAME, expiresInDays: 90 }],
});

const using = ({ name, vault }: Subject) => ({ name, vault, key: KEY_NAME });

/** A healthy world with these subjects. No two of them share a vault or an identity. */
export const worldOf = (subjects: readonly Subject[]): WorldPlan => ({
  vaults: subjects.map(vaultOf),
  servers: subjects.flatMap((one) => (one.kind === 'set' ? [] : [{ ...using(one), generation: one.kind } as const])),
  sets: subjects.filter(({ kind }) => kind === 'set').map((one) => ({ ...using(one), machines: 1 })),
});

/** Up to three links, and all but one or none: with every number between, the exhaustive suite would take more than its hour. */
export const smallSubsetsOf = (kind: Kind): readonly (readonly Link[])[] => {
  const all = subsetsOf(kind);
  const most = Math.max(...all.map(({ length }) => length));
  return all.filter(({ length }) => length <= 3 || length >= most - 1);
};
