import { session } from "../../api/session.ts";
import { useTexts } from "../../i18n/texts.ts";
import { SignIn } from "../../parts/sign-in.tsx";
import { Icon, type IconName } from "../../shell/icon.tsx";
import { hrefOf } from "../../shell/router.ts";
import { useStore } from "../../state/store.ts";
import { HOME_TEXTS } from "./home-texts.ts";
import "./home.css";

/** The start page: what this is, the key, and where to go. */
export function HomePage() {
  const t = useTexts(HOME_TEXTS);
  const isSignedIn = useStore(session) !== undefined;
  return (
    <div class="page home">
      <div class="home-intro">
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        <Fusion />
      </div>
      {isSignedIn ? <Places /> : <SignIn />}
    </div>
  );
}

/** A picture says what the server does. */
function Fusion() {
  const t = useTexts(HOME_TEXTS);
  return (
    <div class="home-fusion">
      <img src="samples/mei.jpg" alt={t.template} width="144" height="180" />
      <Icon name="plus" size={28} />
      <img src="samples/ana.jpg" alt={t.user} width="144" height="180" />
      <Icon name="chevron" size={28} />
      <img src="samples/mei-ana.jpg" alt={t.fused} width="144" height="180" />
    </div>
  );
}

function Places() {
  const t = useTexts(HOME_TEXTS);
  const places: readonly [path: string, icon: IconName, title: string, text: string][] = [
    ["/playground", "playground", t.playground, t.playgroundText],
    ["/explorer", "explorer", t.explorer, t.explorerText],
    ["/inspector", "inspector", t.inspector, t.inspectorText],
    ["/signature", "signature", t.signature, t.signatureText],
  ];
  return (
    <ul class="home-places">
      {places.map(([path, icon, title, text]) => (
        <li key={path}>
          <a class="card" href={hrefOf(path)}>
            <Icon name={icon} size={26} />
            <strong>{title}</strong>
            <span class="help">{text}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
