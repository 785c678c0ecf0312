// Go's text for types, as its JSON error messages print it.
import { type FieldType, type Struct, structNamed } from "./schema.ts";

/**
 * Go's text for the type of a field, or of what is in it. Pointers count as what they point to.
 *
 * @param named - the named type that strings of the field have, such as `v1.ServiceType`.
 */
export function goTypeText(type: FieldType, named: string | undefined): string {
  switch (type.of) {
    case "list":
      return `[]${goTypeText(type.element, named)}`;
    case "map":
      if (isQuantity(type.element)) return "v1.ResourceList";
      return `map[string]${goTypeText(type.element, named)}`;
    case "struct":
      return structNamed(type.struct).goType;
    case "scalar":
      return scalarText(type.scalar, named);
  }
}

const isQuantity = (type: FieldType): boolean => type.of === "scalar" && type.scalar === "quantity";

function scalarText(scalar: string, named: string | undefined): string {
  switch (scalar) {
    case "string":
      return named ?? "string";
    case "bytes":
      return "[]uint8";
    case "intorstring":
      return "int32";
    case "time":
    case "microtime":
      return "string";
    default:
      return scalar;
  }
}

/** The struct's name as Go's error messages print it: without its package. */
export function goStructName(struct: Struct): string {
  return struct.goType.slice(struct.goType.indexOf(".") + 1);
}
