import { useEffect, useState } from 'react';
import { hashOf, type Route, routeOf } from '../model/route.ts';

/** The route in the address of the page, so that the browser's back and forward work. */
export const useRoute = (): Route => {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const hear = () => setRoute(routeOf(location.hash));
    addEventListener('hashchange', hear);
    return () => removeEventListener('hashchange', hear);
  }, []);
  return route;
};

export const goTo = (route: Route): void => {
  location.hash = hashOf(route);
};
