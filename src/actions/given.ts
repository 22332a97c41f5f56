/** Returns an object with the member, or an empty one for undefined: absent and undefined differ in a job. */
export function given<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]: T });
}
