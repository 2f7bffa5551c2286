/** `featurePolicy` is what Chromium has of the specification. */
type Policy = { allowsFeature(name: string): boolean };

/** Whether the page around this frame withholds camera or microphone (its attribute `allow`). False where the browser does not tell. */
export const isForbiddenByPage = (page: Document = document): boolean => {
  const { permissionsPolicy, featurePolicy } = page as Document & {
    permissionsPolicy?: Policy;
    featurePolicy?: Policy;
  };
  const policy = permissionsPolicy ?? featurePolicy;
  return policy !== undefined && ['camera', 'microphone'].some((name) => !policy.allowsFeature(name));
};
