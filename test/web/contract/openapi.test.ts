import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../../src/loop/guardian.ts';
import { ROUTES, registrationsOf, twinOf } from '../../../src/surface.ts';
import { openApiDocument } from '../../../src/web/contract/openapi/document.ts';
import { getProblem } from '../../../src/web/get-problem.ts';
import { getOpenApi } from '../../../src/web/openapi.ts';
import { PROBLEMS } from '../../../src/web/problems.ts';
import { requestWith } from '../../builders/request.ts';

type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
};

const document = openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
    path,
    method,
    ...operation,
  })),
);
const operation = (id: string) => operations.find(({ operationId }) => operationId === id);

const nobody = {} as Guardian;

describe('The document of OpenAPI', () => {
  it('has what the host is given to register, and nothing else', () => {
    const registered = ROUTES.flatMap((one) =>
      registrationsOf(one, { secureWebhook: true }).map(({ name, route }) => `${one.method} /api/${route} ${name}`),
    );
    const told = operations.map(({ method, path, operationId }) => `${method.toUpperCase()} ${path} ${operationId}`);
    expect(told.toSorted()).toEqual(registered.toSorted());
  });

  it('puts every path in a chapter, and what belongs together in the same one', () => {
    const chapterOf = (id: string) => operation(id)?.tags;
    expect(chapterOf('approve-plans')).toEqual(chapterOf('approve-plan'));
    expect(chapterOf('list-expiry')).toEqual(chapterOf('list-reconciliations'));
    expect(chapterOf('get-would-have')).toEqual(chapterOf('get-history'));
    const chapters = document.tags.map(({ name }) => name);
    expect([...new Set(operations.flatMap(({ tags }) => tags))].toSorted()).toEqual(chapters.toSorted());
  });

  it('is made once, since anybody may ask for it as often as they like', async () => {
    const ask = async () => (await getOpenApi(requestWith({}), nobody, {} as Durable)).body;
    const first = await ask();
    expect(await ask()).toBe(first);
  });

  it('names the roles that open a route, and the key that opens its twin', () => {
    expect(operation('pause')?.security).toEqual([{ entra: ['Operator', 'Approver'] }]);
    expect(operation('keyed-pause')).toMatchObject({
      path: `/api/${twinOf({ route: 'pause' })}`,
      security: [{ functionKey: [] }],
    });
    expect(operation('keyed-resume')).toMatchObject({
      security: [{ masterKey: [] }],
      description: expect.stringContaining('no key does this'),
    });
    expect(operation('get-health')?.security).toEqual([{}]);
  });

  it('tells of every refusal by its status and code', () => {
    const { responses } = operation('start-repair') ?? {};
    expect(Object.keys(responses ?? {})).toEqual([
      '200',
      '202',
      '308',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '422',
      '500',
      '503',
    ]);
    expect(responses?.['409']?.description).toMatch(/NoDrift: .*CannotActNow: .*KeyDisabled: /);
  });

  it('refers to nothing that it does not have', () => {
    const text = JSON.stringify(document);
    const components = document.components as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    const refs = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].map(([, kind, name]) => `${kind}/${name}`),
    );
    expect(refs.size).toBeGreaterThan(40);
    expect(
      [...refs].filter((ref) => {
        const [kind = '', name = ''] = ref.split('/');
        return components[kind]?.[name] === undefined;
      }),
    ).toEqual([]);
  });

  it('is what its door answers', async () => {
    expect(await getOpenApi(requestWith({}), nobody, {} as Durable)).toEqual({ status: 200, body: document });
  });
});

describe('The type of a problem', () => {
  it.each(Object.keys(PROBLEMS))('leads to what %s means', async (code) => {
    const asked = { ...requestWith({}), params: { code } };
    expect(await getProblem(asked, nobody, {} as Durable)).toMatchObject({
      status: 200,
      body: { code, ...PROBLEMS[code as keyof typeof PROBLEMS] },
    });
  });

  it.each(['toString', 'nodrift', ''])('that is %p is told what there is', async (code) => {
    const asked = { ...requestWith({}), params: { code } };
    expect(await getProblem(asked, nobody, {} as Durable)).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('NoDrift') },
    });
  });
});
