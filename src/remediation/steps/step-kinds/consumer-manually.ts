import { type ConsumerKind, profileOf } from '../../model/profiles.ts';

/** The command with which a person sets the key of a consumer; empty where its kind has no command. `kid`: the key to set. */
export const setKeyManually = (kind: ConsumerKind, id: string, kid: string): readonly string[] => {
  const { commands } = profileOf(kind);
  return commands === 'unsaid' ? [] : [commands.setKey({ id, kid, userAssigned: '' })];
};

/** The command with which a person gives a consumer an identity; a system-assigned one where none is named. */
export const assignManually = (kind: ConsumerKind, id: string, userAssigned = ''): readonly string[] => {
  const { commands } = profileOf(kind);
  return commands === 'unsaid' ? [] : [commands.assignIdentity({ id, userAssigned })];
};
