/** One name and value of the caller's to be carried inside a picture's file. */
export interface PictureNote {
  readonly name: string;
  readonly value: string;
}
