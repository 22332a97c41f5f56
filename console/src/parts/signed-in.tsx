import type { ComponentChildren } from "preact";
import { session } from "../api/session.ts";
import { useStore } from "../state/store.ts";
import { SignIn } from "./sign-in.tsx";

/** Shows its children to whoever has signed in, and the form to everybody else. */
export function SignedIn({ children }: { readonly children: ComponentChildren }) {
  return <div class="signed-in">{useStore(session) === undefined ? <SignIn /> : children}</div>;
}
