import { z } from 'zod';
import { page } from '../arm/page.ts';
import { TAGS } from '../arm/read-body.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { Answer, Call, Route } from '../service.ts';
import type { Plan } from './plans.ts';
import { GROUP, PLAN_TYPE, WEB_VERSIONS } from './versions.ts';
import type { Web } from './web.ts';
import { conflict, inOwnWords, known, readWebBody } from './web-error.ts';

const LIST = `${GROUP}/providers/${PLAN_TYPE}`;
const ONLY_FLEX = { error: 'the local cloud has Flex Consumption plans alone: FC1, FlexConsumption' };

/** `AppServicePlan` of 2023-12-01, as a Flex Consumption plan is put. */
const PLAN_PUT = z.object({
  location: z.string(),
  kind: z.literal('functionapp', { error: 'a Flex Consumption plan is of the kind functionapp' }).optional(),
  tags: TAGS.default({}),
  sku: z.object({ name: z.literal('FC1', ONLY_FLEX), tier: z.literal('FlexConsumption', ONLY_FLEX) }),
  properties: z.object({
    reserved: z.literal(true, { error: 'Flex Consumption runs on Linux, which reserved says' }),
    zoneRedundant: z.boolean().default(false),
  }),
});

const idOf = ({ params: { subscription = '', group = '', plan = '' } }: Call): string =>
  resourceId({ subscription, group, type: PLAN_TYPE, name: plan });

/** A plan as ARM shows it. */
export const planBody = ({ id, name, location, tags, zoneRedundant }: Plan, sites: number) => ({
  id,
  name,
  type: PLAN_TYPE,
  kind: 'functionapp',
  location,
  tags,
  sku: { name: 'FC1', tier: 'FlexConsumption', size: 'FC1', family: 'FC', capacity: 0 },
  properties: {
    provisioningState: 'Succeeded',
    status: 'Ready',
    reserved: true,
    zoneRedundant,
    numberOfSites: sites,
    resourceGroup: id.split('/')[4],
  },
});

/** Microsoft.Web/serverfarms. */
export const planRoutes = ({ plans, sites }: Pick<Web, 'plans' | 'sites'>): Route[] => {
  const on = ({ id }: Plan) => sites.all().filter(({ planId }) => sameId(planId, id));
  const shown = (plan: Plan) => planBody(plan, on(plan).length);
  const route = (method: string, path: string, verb: string, handle: (call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: WEB_VERSIONS,
    action: `${PLAN_TYPE}/${verb}`,
    handle: inOwnWords(handle),
  });
  const one = `${LIST}/{plan}`;
  const below = (call: Call) => plans.all().filter(({ id }) => id.toLowerCase().startsWith(call.path.toLowerCase()));
  return [
    route('GET', LIST, 'read', (call) => page(call, below(call).map(shown))),
    route('GET', one, 'read', (call) => ({
      status: 200,
      body: shown(known(plans.get(idOf(call)), PLAN_TYPE, call, call.params['plan'] ?? '')),
    })),
    route('PUT', one, 'write', (call) => {
      const { location, tags, properties } = readWebBody(PLAN_PUT, call.body, 'ServerFarm');
      const { zoneRedundant } = properties;
      const plan: Plan = { id: idOf(call), name: call.params['plan'] ?? '', location, tags, zoneRedundant };
      plans.put(plan);
      return { status: 200, body: shown(plan) };
    }),
    route('DELETE', one, 'delete', (call) => {
      const found = plans.get(idOf(call));
      if (!found) return { status: 204 };
      const names = on(found).map(({ name }) => name);
      if (names.length > 0)
        throw conflict(
          `Server farm '${found.name}' cannot be deleted because it has web app(s) ${names.join(', ')} assigned to it.`,
        );
      plans.remove(found.id);
      return { status: 200 };
    }),
  ];
};
