/** An estate: keys in use, each by a server, in vaults of so many keys, spread evenly over so many subscriptions. */
export type Shape = { readonly keys: number; readonly keysAVault: number; readonly subscriptions: number };

export const isSameShape = (one: Shape, other: Shape): boolean =>
  one.keys === other.keys && one.keysAVault === other.keysAVault && one.subscriptions === other.subscriptions;

/** Whether it is the first such estate of these. */
export const isFirstOfItsShape = (one: Shape, at: number, all: readonly Shape[]): boolean =>
  all.findIndex((other) => isSameShape(one, other)) === at;

export const vaultsIn = ({ keys, keysAVault }: Omit<Shape, 'subscriptions'>): number => Math.ceil(keys / keysAVault);

/** The most vaults of a subscription where nobody says how many subscriptions an estate has. */
export const VAULTS_A_SUBSCRIPTION = 50;

/** So many keys in as many subscriptions as an estate of that many vaults has. */
export const inUsualSubscriptions = (estate: Omit<Shape, 'subscriptions'>): Shape => ({
  ...estate,
  subscriptions: Math.ceil(vaultsIn(estate) / VAULTS_A_SUBSCRIPTION),
});

const LIKE = '10000/200, 4500/3 or 4500/3/1';

/**
 * `1000/3`: a thousand keys, three a vault, in as many subscriptions as is usual; `1000/3/2`: in two.
 * @throws Error where it is another text, or says more subscriptions than vaults
 */
export const shapeIn = (text: string): Shape => {
  const [, keys, keysAVault, subscriptions] =
    /^([1-9]\d{0,5})\/([1-9]\d{0,2})(?:\/([1-9]\d{0,3}))?$/.exec(text.trim()) ?? [];
  if (keys === undefined)
    throw new Error(
      `--estates has '${text}'; give keys and keys a vault, and subscriptions where they are not the usual ones: ${LIKE}.`,
    );
  const estate = { keys: Number(keys), keysAVault: Number(keysAVault) };
  if (subscriptions === undefined) return inUsualSubscriptions(estate);
  if (Number(subscriptions) > vaultsIn(estate))
    throw new Error(
      `--estates has '${text}': ${vaultsIn(estate)} vaults cannot be in ${subscriptions} subscriptions; give fewer subscriptions.`,
    );
  return { ...estate, subscriptions: Number(subscriptions) };
};
