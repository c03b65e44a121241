import { type ConsumerKind, profileOf } from '../../model/profiles.ts';

/** The command with which a person sets the key of a consumer; none where its kind has none. `kid`: which key it shall use. */
export const setKeyByHand = (kind: ConsumerKind, id: string, kid: string): readonly string[] => {
  const { commands } = profileOf(kind);
  return commands === 'unsaid' ? [] : [commands.setKey({ id, kid, userAssigned: '' })];
};

/** The same for its identity; an identity of its own where none is named. */
export const assignByHand = (kind: ConsumerKind, id: string, userAssigned = ''): readonly string[] => {
  const { commands } = profileOf(kind);
  return commands === 'unsaid' ? [] : [commands.assignIdentity({ id, userAssigned })];
};
