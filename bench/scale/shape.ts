/** An estate: keys in use, each by a server, in vaults of so many keys, spread evenly over so many subscriptions. */
export type Shape = { readonly keys: number; readonly keysAVault: number; readonly subscriptions: number };

export const isSameShape = (one: Shape, other: Shape): boolean =>
  one.keys === other.keys && one.keysAVault === other.keysAVault && one.subscriptions === other.subscriptions;

/** Whether the estate is the first of its shape in the list. */
export const isFirstOfItsShape = (one: Shape, at: number, all: readonly Shape[]): boolean =>
  all.findIndex((other) => isSameShape(one, other)) === at;

export const vaultsIn = ({ keys, keysAVault }: Omit<Shape, 'subscriptions'>): number => Math.ceil(keys / keysAVault);

/** The most vaults of a subscription, for an estate without a number of subscriptions. */
export const VAULTS_A_SUBSCRIPTION = 50;

/** So many keys, in the usual number of subscriptions for that number of vaults. */
export const inUsualSubscriptions = (estate: Omit<Shape, 'subscriptions'>): Shape => ({
  ...estate,
  subscriptions: Math.ceil(vaultsIn(estate) / VAULTS_A_SUBSCRIPTION),
});

const LIKE = '10000/200, 4500/3 or 4500/3/1';

/**
 * `1000/3`: a thousand keys, three a vault, in the usual number of subscriptions; `1000/3/2`: in two subscriptions. @throws Error
 * for another text, or for more subscriptions than vaults
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
