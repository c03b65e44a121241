/** A compiled ASP.NET route template: literals, {parameter}, {parameter?}, {parameter:constraint}, {*rest}. */
export type RouteTemplate = {
  pattern: RegExp;
  parameters: string[];
};

const CONSTRAINTS: Record<string, string> = {
  int: '-?\\d+',
  long: '-?\\d+',
  guid: '[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}',
  alpha: '[A-Za-z]+',
  bool: '(?:true|false)',
  decimal: '-?\\d+(?:\\.\\d+)?',
  double: '-?\\d+(?:\\.\\d+)?',
  float: '-?\\d+(?:\\.\\d+)?',
};

type Segment = { source: string; parameters: string[] };

/** @throws Error for an unsupported constraint */
export function compileRoute(template: string): RouteTemplate {
  const segments = template.split('/').filter(Boolean).map(compileSegment);
  const source = segments.map((segment) => segment.source).join('') || '/';
  return {
    pattern: new RegExp(`^${source}/?$`, 'i'),
    parameters: segments.flatMap((segment) => segment.parameters),
  };
}

function compileSegment(segment: string): Segment {
  const match = /^\{(\*{0,2})([^:?=}]+)(?::([^}?]+))?(\?)?\}$/.exec(segment);
  if (!match) return compileLiteral(segment);
  const [, star, name = '', constraint, optional] = match;
  if (star) return { source: '(?:/(.*))?', parameters: [name] };
  const inner = constraint === undefined ? '[^/]+' : CONSTRAINTS[constraint.toLowerCase()];
  if (inner === undefined) throw new Error(`the route constraint '${constraint}' is not supported by the local host`);
  const source = optional ? `(?:/(${inner}))?` : `/(${inner})`;
  return { source, parameters: [name] };
}

/** A literal, possibly with parameters inside, such as {name}.json. */
function compileLiteral(segment: string): Segment {
  const parameters: string[] = [];
  const parts = segment.split(/(\{[^}]+\})/).map((part) => {
    const name = /^\{([^:?}]+)[^}]*\}$/.exec(part)?.[1];
    if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    parameters.push(name);
    return '([^/]+?)';
  });
  return { source: `/${parts.join('')}`, parameters };
}

/** @returns the parameters, or null if the path does not match */
export function matchRoute({ pattern, parameters }: RouteTemplate, pathname: string): Record<string, string> | null {
  const match = pattern.exec(pathname);
  if (!match) return null;
  const values = parameters.map((name, index) => [name, match[index + 1]] as const);
  return Object.fromEntries(
    values.flatMap(([name, text]) => (text === undefined ? [] : [[name, decodeURIComponent(text)]])),
  );
}
