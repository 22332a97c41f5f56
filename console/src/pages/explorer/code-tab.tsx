import { CodePanel } from "../../samples/code-panel.tsx";
import { useStore } from "../../state/store.ts";
import type { DescribedAction } from "./action-schema.ts";
import { explored, shownValues } from "./explorer-state.ts";
import { isObject } from "./parameter-values.ts";

/** The call that is filled in, as code for an official client. */
export function CodeTab({ action }: { readonly action: DescribedAction }) {
  const now = useStore(explored);
  const values = shownValues(now);
  return (
    <CodePanel
      call={{
        origin: location.origin,
        region: now.region,
        action: action.name,
        version: action.version,
        parameters: isObject(values) ? values : {},
      }}
    />
  );
}
