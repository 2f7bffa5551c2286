/** Code of the key that an input method handles; Safari reports it for the Enter that ends a composition, without `isComposing`. */
const handledByInputMethod = 229;

/** Whether an input method takes this key: Enter picks a candidate then, and neither sends nor chooses. */
export const isComposing = (event: KeyboardEvent): boolean =>
  event.isComposing || event.keyCode === handledByInputMethod;
