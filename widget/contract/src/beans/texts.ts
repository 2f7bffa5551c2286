import * as z from 'zod/mini';

/**
 * Texts of the documentation about a shape: its name, its meaning, and the meaning of fields that their names do not
 * explain. The OpenAPI document, `docs/api.md` and the declarations of the host SDK read it; the widget's build leaves
 * it out.
 */
export const texts = z.registry<{ id: string; description: string; fields?: Record<string, string> }>();

/** The texts of a shape. @throws Error when it has none */
export const textsOf = (schema: z.ZodMiniType) => {
  const found = texts.get(schema);
  if (!found) throw new Error('A shape that the documentation names has no texts.');
  return found;
};
