import type { ComponentChildren } from "preact";
import { SignedIn } from "./signed-in.tsx";

interface AccountPageProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ComponentChildren;
}

/** A page that calls the API for an account: its head is for everybody, the rest for whoever has signed in. */
export function AccountPage({ title, lead, children }: AccountPageProps) {
  return (
    <div class="page">
      <div>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
      </div>
      <SignedIn>{children}</SignedIn>
    </div>
  );
}
