import { downloadFailed } from "./errors.ts";
import { checkImageUrl, type ImageUrl } from "./image-url.ts";

/**
 * Returns where a redirect leads, checked like a URL of its own; relative locations are resolved. The step from https
 * to http is refused. A bad target is the origin's doing, so everything here is `download-failed`, never `url-illegal`.
 */
export function redirectTarget(from: ImageUrl, location: string): ImageUrl {
  try {
    const next = checkImageUrl(new URL(location, from.url.href));
    const isDowngrade = from.url.protocol === "https:" && next.url.protocol === "http:";
    if (!isDowngrade) return next;
  } catch (cause) {
    throw downloadFailed("redirect", from.host, cause);
  }
  throw downloadFailed("redirect", from.host);
}
