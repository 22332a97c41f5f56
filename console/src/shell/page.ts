import type { ComponentType } from "preact";
import type { Text } from "../i18n/texts.ts";
import type { IconName } from "./icon.tsx";

/** One page of the console. */
export interface Page {
  /** `/playground`. */
  readonly path: string;
  readonly title: Text;
  readonly icon: IconName;
  /** Loads the page's code when it is first opened; the component takes no properties. */
  readonly load: () => Promise<ComponentType>;
}
