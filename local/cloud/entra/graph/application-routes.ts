import { z } from 'zod';
import { type Application, type ApplicationBody, applicationBody } from './application.ts';
import { badRequest, notFound } from './graph-error.ts';
import type { GraphCall, GraphRoute } from './graph-route.ts';
import { demand, type Rights } from './permissions.ts';
import { listed, selected } from './query.ts';

const FILTERABLE = ['appId', 'displayName', 'uniqueName', 'id'];

const bodyOf = ({ body }: GraphCall): ApplicationBody => {
  const read = applicationBody.safeParse(body);
  if (read.success) return read.data;
  throw badRequest(`One or more properties are invalid: ${z.prettifyError(read.error)}`);
};

const create = (rights: Rights, call: GraphCall, uniqueName: string | null): Application => {
  const { entra } = rights;
  demand(rights, call.caller, 'create');
  const body = bodyOf(call);
  if (body.displayName === undefined)
    throw badRequest("A value is required for property 'displayName' of resource 'Application'.");
  return entra.registrations.create(body, uniqueName, call.caller.objectId);
};

const update = (rights: Rights, call: GraphCall, found: Application) => {
  demand(rights, call.caller, 'update', found);
  rights.entra.registrations.update(found, bodyOf(call));
  return { status: 204 };
};

/** Without the header, a write to a name that no application has fails. */
const upsert = (rights: Rights, call: GraphCall) => {
  const name = call.params['uniqueName'] ?? '';
  const found = rights.entra.registrations.all().find(({ uniqueName }) => uniqueName === name);
  if (found) return update(rights, call, found);
  if (call.headers['prefer']?.toLowerCase() !== 'create-if-missing') throw notFound(name);
  return { status: 201, body: create(rights, call, name) };
};

const reference = z.strictObject({
  '@odata.id': z.string().regex(/^https:\/\/graph\.microsoft\.com\/v1\.0\/directoryObjects\/[0-9a-f-]{36}$/i),
});

const addOwner = (rights: Rights, call: GraphCall, found: Application) => {
  const { entra } = rights;
  demand(rights, call.caller, 'update', found);
  const read = reference.safeParse(call.body);
  const id = read.success ? (read.data['@odata.id'].split('/').at(-1) ?? '') : '';
  if (!entra.principal(id)) throw notFound(id);
  if (entra.registrations.owners(found.id).includes(id))
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
  entra.registrations.addOwner(found.id, id);
  return { status: 204 };
};

/** https://learn.microsoft.com/graph/api/resources/application */
export const applicationRoutes = (rights: Rights): GraphRoute[] => {
  const { registrations, principal } = rights.entra;
  const existing = ({ params }: GraphCall): Application => {
    const found = registrations.find(params['id'] ?? '');
    if (!found || (params['id'] === found.appId && found.appId !== found.id)) throw notFound(params['id'] ?? '');
    return found;
  };
  const owners = ({ id }: Application) =>
    registrations.owners(id).flatMap((owner) => {
      const known = principal(owner);
      return known ? [{ id: known.objectId, displayName: known.name }] : [];
    });
  const reads = (handle: (call: GraphCall) => object) => (call: GraphCall) => {
    demand(rights, call.caller, 'read');
    return { status: 200, body: handle(call) };
  };
  return [
    {
      method: 'GET',
      path: '/v1.0/applications',
      handle: reads((call) => listed(registrations.all(), { ...call, filterable: FILTERABLE })),
    },
    {
      method: 'POST',
      path: '/v1.0/applications',
      handle: (call) => ({ status: 201, body: create(rights, call, null) }),
    },
    { method: 'PATCH', path: "/v1.0/applications(uniqueName='{uniqueName}')", handle: (call) => upsert(rights, call) },
    { method: 'GET', path: '/v1.0/applications/{id}', handle: reads((call) => selected(existing(call), call.query)) },
    { method: 'PATCH', path: '/v1.0/applications/{id}', handle: (call) => update(rights, call, existing(call)) },
    {
      method: 'DELETE',
      path: '/v1.0/applications/{id}',
      handle: (call) => {
        const found = existing(call);
        demand(rights, call.caller, 'update', found);
        registrations.remove(found.id);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/v1.0/applications/{id}/owners',
      handle: reads((call) => listed(owners(existing(call)), { ...call, filterable: [] })),
    },
    {
      method: 'POST',
      path: '/v1.0/applications/{id}/owners/$ref',
      handle: (call) => addOwner(rights, call, existing(call)),
    },
  ];
};
