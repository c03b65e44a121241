import { z } from 'zod';
import type { Service, SimVerb, World } from '../service.ts';

const named = z.object({ group: z.string() });
const member = named.extend({ member: z.guid() });
const below = z.object({
  managementGroup: z.string(),
  subscription: z.guid().optional(),
  below: z.string().optional(),
});

const taken = z.object({ subscription: z.guid() });

const MEMBER = { group: 'object id of the group', member: 'object id of a principal or of another group' };

/** Verbs for groups of Entra, which can hold roles, and for management groups, at which roles can be assigned. */
const verbs = ({ entra, subscriptions }: World): { breaks: SimVerb[]; repairs: SimVerb[] } => ({
  breaks: [
    {
      name: 'remove-group-member',
      title: 'Take somebody out of a group',
      parameters: MEMBER,
      run: (input) => {
        const { group, member: out } = member.parse(input);
        return entra.groups.remove(group, out);
      },
    },
    {
      name: 'take-out-of-management-group',
      title: 'Take a subscription away from below its management group',
      parameters: { subscription: 'id of the subscription' },
      run: (input) => {
        const { subscription } = taken.parse(input);
        subscriptions.takeOut(subscription);
        return { subscription };
      },
    },
  ],
  repairs: [
    {
      name: 'create-group',
      title: 'Make a group in Entra; its object id is in the answer',
      parameters: { group: 'name of the group' },
      run: (input) => entra.groups.create(named.parse(input).group),
    },
    {
      name: 'add-group-member',
      title: 'Put somebody, or another group, into a group',
      parameters: MEMBER,
      run: (input) => {
        const { group, member: added } = member.parse(input);
        return entra.groups.add(group, added);
      },
    },
    {
      name: 'put-below-management-group',
      title: 'Put a subscription, or another management group, below a management group',
      parameters: {
        managementGroup: 'its name',
        'subscription?': 'id of the subscription',
        'below?': 'name of the other management group',
      },
      run: (input) => {
        const { managementGroup, subscription, below: other } = below.parse(input);
        if (subscription !== undefined) subscriptions.putBelow(managementGroup, { subscription });
        if (other !== undefined) subscriptions.putBelow(managementGroup, { managementGroup: other });
        return { managementGroup };
      },
    },
  ],
});

export const groupsService = (world: World): Service => ({
  name: 'groups',
  routes: [],
  ...verbs(world),
  snapshot: () => world.entra.groups.all(),
});
