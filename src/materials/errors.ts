import { AppError } from "../base/app-error.ts";

/** A material that cannot be taken in; the message says why, for operators. */
export function materialInvalid(message: string): AppError {
  return new AppError("field-value-invalid", message);
}

/** No such activity, or not this account's. */
export function activityNotFound(): AppError {
  return new AppError("activity-not-found", "There is no such activity.");
}

/** No such material in the activity. */
export function materialNotFound(): AppError {
  return new AppError("material-not-found", "The activity has no such material.");
}

/** A material without its picture file. */
export function materialGone(id: string): AppError {
  return new AppError("material-gone", "The material's picture is gone.", {
    details: { material: id },
    report: true,
  });
}

/** A material whose review has not ended well. */
export function materialNotApproved(state: string): AppError {
  return new AppError("material-not-approved", "The material has not been approved.", {
    details: { state },
  });
}

/** A face id that the material does not have. */
export function templateFaceNotFound(): AppError {
  return new AppError("template-face-not-found", "The material has no face of this id.");
}
