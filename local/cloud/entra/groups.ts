import { guid } from '../draw.ts';

export type Group = { objectId: string; name: string; members: string[] };

/** Groups of the directory. Members are principals or other groups, by object id. */
export type Groups = {
  create(name: string): Group;
  get(objectId: string): Group | undefined;
  all(): Group[];
  add(groupId: string, member: string): Group;
  remove(groupId: string, member: string): Group;
  /** Object ids of all groups that have the principal as a member, also through other groups. */
  of(objectId: string): string[];
};

export const createGroups = (tenantId: string): Groups => {
  const groups = new Map<string, Group>();
  const existing = (id: string): Group => {
    const found = groups.get(id.toLowerCase());
    if (!found)
      throw new Error(`There is no group '${id}'; the groups are: ${[...groups.keys()].join(', ') || 'none'}.`);
    return found;
  };
  const of = (objectId: string, passed: string[] = []): string[] => {
    const direct = [...groups.values()].filter(
      ({ objectId: id, members }) => members.includes(objectId.toLowerCase()) && !passed.includes(id),
    );
    const ids = direct.map(({ objectId: id }) => id);
    return [...new Set([...ids, ...ids.flatMap((id) => of(id, [...passed, ...ids]))])];
  };
  return {
    create: (name) => {
      const group = { objectId: guid('object', tenantId, `group:${name}`, 1), name, members: [] };
      groups.set(group.objectId, groups.get(group.objectId) ?? group);
      return existing(group.objectId);
    },
    get: (objectId) => groups.get(objectId.toLowerCase()),
    all: () => [...groups.values()],
    add: (groupId, member) => {
      const group = existing(groupId);
      group.members = [...new Set([...group.members, member.toLowerCase()])];
      return group;
    },
    remove: (groupId, member) => {
      const group = existing(groupId);
      group.members = group.members.filter((one) => one !== member.toLowerCase());
      return group;
    },
    of: (objectId) => of(objectId),
  };
};
