import { useState } from "preact/hooks";
import { useCallEvents } from "../../api/follow-calls.ts";
import { useTexts } from "../../i18n/texts.ts";
import { AccountPage } from "../../parts/account-page.tsx";
import { useStore } from "../../state/store.ts";
import { addUser, chooseTemplate } from "./choose-pictures.ts";
import { CompareStrip } from "./compare-strip.tsx";
import { noteEvent, runs } from "./fusion-run.ts";
import { OptionPanel } from "./option-panel.tsx";
import { PictureFault } from "./picture.ts";
import { choices, MAX_USERS } from "./playground-state.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";
import { ResultView } from "./result-view.tsx";
import { RunBar } from "./run-bar.tsx";
import { RunDetails } from "./run-details.tsx";
import { type GivenFile, TemplateStage } from "./template-stage.tsx";
import { UserList } from "./user-list.tsx";
import "./playground.css";

/** The playground: pictures in, faces chosen, a fused picture out. */
export function PlaygroundPage() {
  const t = useTexts(PLAYGROUND_TEXTS);
  return (
    <AccountPage title={t.title} lead={t.lead}>
      <Playground />
    </AccountPage>
  );
}

function Playground() {
  const [fault, takeFiles] = useFileTaking();
  const { template } = useStore(choices);
  const { main } = useStore(runs);
  useCallEvents(noteEvent);
  const isShowingResult = main?.imageUrl !== undefined && template !== undefined;
  return (
    <div class="playground">
      <div class="playground-stage">
        {fault === "" ? null : (
          <p class="alert" role="alert">
            {fault}
          </p>
        )}
        {isShowingResult ? (
          <ResultView run={main} template={template} />
        ) : (
          <TemplateStage onFiles={(files) => takeFiles("template", files)} />
        )}
        <RunBar />
        {main === undefined ? null : <RunDetails run={main} />}
        {isShowingResult ? <CompareStrip template={template} /> : null}
      </div>
      <div class="playground-side">
        <UserList onFiles={(files) => takeFiles("user", files)} />
        <OptionPanel />
      </div>
    </div>
  );
}

type TakeFiles = (what: "template" | "user", files: readonly GivenFile[]) => void;

/** Takes files in, and returns what is wrong with the last ones. */
function useFileTaking(): [fault: string, take: TakeFiles] {
  const t = useTexts(PLAYGROUND_TEXTS);
  const [fault, setFault] = useState<keyof typeof PLAYGROUND_TEXTS>();
  const take: TakeFiles = async (what, files) => {
    setFault(undefined);
    setFault(await (what === "template" ? takeTemplate(files) : takeUsers(files)));
  };
  return [fault === undefined ? "" : t[fault], take];
}

type Fault = keyof typeof PLAYGROUND_TEXTS | undefined;

async function takeTemplate(files: readonly GivenFile[]): Promise<Fault> {
  const [file] = files;
  return file && (await faultOf(chooseTemplate(blobOf(file), file.name)));
}

/** One after the other, so that they keep their order. */
async function takeUsers(files: readonly GivenFile[]): Promise<Fault> {
  const room = MAX_USERS - choices.get().users.length;
  let fault: Fault;
  for (const file of files.slice(0, room)) {
    fault = (await faultOf(addUser(blobOf(file), file.name))) ?? fault;
  }
  return files.length > room ? "tooMany" : fault;
}

async function faultOf(taking: Promise<void>): Promise<Fault> {
  try {
    await taking;
    return undefined;
  } catch (error) {
    const isLarge = error instanceof PictureFault && error.kind === "too-large";
    return isLarge ? "tooLarge" : "unreadable";
  }
}

function blobOf(file: GivenFile): Blob {
  return "blob" in file ? file.blob : file;
}
