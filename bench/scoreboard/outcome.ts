/** What a method was measured to do to one face; lengths in the units named at each metric's function. */
export interface FaceScores {
  readonly poseDeg: number;
  readonly expression: number;
  readonly mouth: number;
  readonly eye: number;
  readonly seam: number;
  readonly newEdge: number;
  readonly dFace: number | undefined;
  readonly dNeck: number | undefined;
  /** The template's own face against the skin around it: what dNeck cannot go below in a fair picture. */
  readonly dNeckFloor: number | undefined;
  readonly sharpness: number;
  readonly blotches: number;
}

/** One face of one pair by one method. */
export interface FaceOutcome {
  readonly merge: number;
  /** Length of the template's face from forehead to chin in 3D, px. */
  readonly facePx: number;
  readonly isFoundAgain: boolean;
  readonly scores?: FaceScores;
  /** The result's embedding, unit length. */
  readonly embedding?: readonly number[];
}

/** One pair by one method. */
export interface PairOutcome {
  readonly pair: string;
  readonly purpose: string;
  readonly isTonePair: boolean;
  readonly method: string;
  /** Why there is no picture, when there is none. */
  readonly refusal?: string;
  readonly faces: readonly FaceOutcome[];
  /** Largest channel difference outside the faces' surroundings. */
  readonly background: number;
  readonly ms: number;
  readonly stepMs: Readonly<Record<string, number>>;
  /** Faults found by the extra runs: not repeatable, wrong format or size of the JPEG answer. */
  readonly faults: readonly string[];
}

/** The embedding of a photo's own face. */
export interface Reference {
  readonly key: string;
  readonly identity: string;
  /** Absent when no usable face was found. */
  readonly embedding?: readonly number[];
}

/** What the scoreboard asks of a worker process. */
export type Task =
  | {
      readonly kind: "reference";
      readonly file: string;
      readonly rects: readonly (
        | {
            readonly x: number;
            readonly y: number;
            readonly width: number;
            readonly height: number;
          }
        | undefined
      )[];
    }
  | { readonly kind: "pair"; readonly id: string; readonly isProbed: boolean };

/** What a worker process answers. */
export type Answer =
  | { readonly kind: "reference"; readonly references: readonly Reference[] }
  | { readonly kind: "pair"; readonly outcomes: readonly PairOutcome[] };

/** Given to every worker process once. */
export interface WorkerOptions {
  readonly data: string;
  /** Another list of pairs than the folder's. */
  readonly pairs?: string | undefined;
  readonly models: string;
  readonly methods: readonly string[];
  readonly modelType: number;
  /** Where rows of the contact sheets go. */
  readonly rows?: string;
  /** Where the faces of the HTML report go. */
  readonly reportPictures?: string;
}
