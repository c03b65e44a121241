export type Matched<R> = { route: R; params: Record<string, string> };

type Templated = { method: string; path: string };
type Compiled<R> = { route: R; pattern: RegExp; names: string[] };

/** Finds routes by path template: `{name}` takes one segment, `{name*}` any number of them; without regard to case. */
export const createRouter = <R extends Templated>(routes: R[]): ((path: string) => Matched<R>[]) => {
  const compiled = routes.map(compile);
  return (path) =>
    compiled.flatMap(({ route, pattern, names }) => {
      const found = pattern.exec(path);
      if (!found) return [];
      return [{ route, params: Object.fromEntries(names.map((name, i) => [name, decode(found[i + 1] ?? '')])) }];
    });
};

const compile = <R extends Templated>(route: R): Compiled<R> => {
  const names: string[] = [];
  const source = route.path
    .split('/')
    .slice(1)
    .map((segment) => segmentPattern(segment, names))
    .join('');
  return { route, names, pattern: new RegExp(`^${source}/?$`, 'i') };
};

const segmentPattern = (segment: string, names: string[]): string => {
  const many = /^\{(\w+)\*\}$/.exec(segment);
  if (many) {
    names.push(many[1] ?? '');
    return '(?:/(.+?))?';
  }
  const parts = segment.split(/(\{\w+\})/);
  const source = parts.map((part) => {
    if (!/^\{\w+\}$/.test(part)) return part.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
    names.push(part.slice(1, -1));
    return '([^/]+?)';
  });
  return `/${source.join('')}`;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
