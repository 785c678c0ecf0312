// What the volumes of a pod and their mounts must be: the field errors, in the API server's order.
import type { KeyToPath, Volume, VolumeMount } from "../../cluster/api/types.gen.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { dns1123Label } from "../../cluster/apimachinery/names.ts";
import { FILE_FIELDS, validateFieldRef, validateResourceField } from "./api-env-validation.ts";

/** In the order in which they are looked at. */
const SOURCES: readonly Exclude<keyof Volume, "name">[] = [
  "emptyDir",
  "hostPath",
  "gitRepo",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "secret",
  "nfs",
  "iscsi",
  "glusterfs",
  "persistentVolumeClaim",
  "rbd",
  "flexVolume",
  "cinder",
  "cephfs",
  "flocker",
  "downwardAPI",
  "fc",
  "azureFile",
  "configMap",
  "vsphereVolume",
  "quobyte",
  "azureDisk",
  "photonPersistentDisk",
  "projected",
  "scaleIO",
  "storageos",
  "csi",
  "ephemeral",
  "image",
];
const HOST_PATH_TYPES = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];
const HIGHEST_MODE = 0o777;

/** The volumes under `path`, and the names of those without mistakes: only they can be mounted. */
// Models kubernetes/pkg/apis/core/validation ValidateVolumes
export function validateVolumes(volumes: readonly Volume[], path: string): { errors: FieldErrors; names: Set<string> } {
  const names = new Set<string>();
  const errors = volumes.flatMap((volume, i) => {
    const at = `${path}[${i}]`;
    const { name } = volume;
    const found = validateSource(volume, at);
    if (name === "") found.push(required(`${at}.name`));
    else found.push(...invalidEach(`${at}.name`, name, dns1123Label(name)));
    if (names.has(name)) found.push(duplicate(`${at}.name`, name));
    if (found.length === 0) names.add(name);
    return found;
  });
  return { errors, names };
}

function validateSource(volume: Volume, at: string): FieldErrors {
  const [first, ...others] = SOURCES.filter((each) => volume[each] !== undefined);
  if (first === undefined) return [required(at, "must specify a volume type")];
  const more = others.map((each) => forbidden(`${at}.${each}`, "may not specify more than 1 volume type"));
  return [...validateKind(volume, first, `${at}.${first}`), ...more];
}

function validateKind(volume: Volume, kind: keyof Volume, at: string): FieldErrors {
  const { hostPath, secret, configMap, persistentVolumeClaim, nfs, downwardAPI } = volume;
  switch (kind) {
    case "hostPath":
      return validateHostPath(hostPath?.path ?? "", hostPath?.type ?? "", at);
    case "secret":
      return validateFiles(secret ?? {}, at, ["secretName", secret?.secretName]);
    case "configMap":
      return validateFiles(configMap ?? {}, at, ["name", configMap?.name]);
    case "persistentVolumeClaim":
      return (persistentVolumeClaim?.claimName ?? "") === "" ? [required(`${at}.claimName`)] : [];
    case "nfs":
      return [
        ...((nfs?.server ?? "") === "" ? [required(`${at}.server`)] : []),
        ...((nfs?.path ?? "") === "" ? [required(`${at}.path`)] : []),
        ...(nfs?.path.startsWith("/") ? [] : [invalid(`${at}.path`, nfs?.path ?? "", "must be an absolute path")]),
      ];
    case "downwardAPI":
      return (downwardAPI?.items ?? []).flatMap(({ path, fieldRef, resourceFieldRef }, i) => [
        ...(path === "" ? [required(`${at}[${i}].path`)] : []),
        ...pathInside(path, `${at}[${i}].path`),
        ...(fieldRef === undefined ? [] : validateFieldRef(fieldRef, FILE_FIELDS, `${at}[${i}].fieldRef`)),
        ...(fieldRef === undefined && resourceFieldRef !== undefined
          ? validateResourceField(resourceFieldRef.resource, `${at}[${i}].resourceFieldRef`)
          : []),
        ...(fieldRef === undefined && resourceFieldRef === undefined
          ? [required(`${at}[${i}]`, "one of fieldRef and resourceFieldRef is required")]
          : []),
      ]);
    default:
      return [];
  }
}

function validateHostPath(path: string, type: string, at: string): FieldErrors {
  if (path === "") return [required(`${at}.path`)];
  const errors = noBacksteps(path, `${at}.path`);
  return HOST_PATH_TYPES.includes(type) ? errors : [...errors, notSupported(`${at}.type`, type, HOST_PATH_TYPES)];
}

/** Files made of a ConfigMap's or Secret's keys; `object` is the field that names it. */
function validateFiles(
  {
    defaultMode,
    items = [],
  }: { readonly defaultMode?: number | undefined; readonly items?: readonly KeyToPath[] | undefined },
  at: string,
  [field, object]: readonly [string, string | undefined],
): FieldErrors {
  return [
    ...((object ?? "") === "" ? [required(`${at}.${field}`)] : []),
    ...modeErrors(defaultMode, `${at}.defaultMode`),
    ...items.flatMap(({ key, path, mode }, i) => [
      ...(key === "" ? [required(`${at}.items[${i}].key`)] : []),
      ...(path === "" ? [required(`${at}.items[${i}].path`)] : []),
      ...pathInside(path, `${at}.items[${i}].path`),
      ...modeErrors(mode, `${at}.items[${i}].mode`),
    ]),
  ];
}

function modeErrors(mode: number | undefined, at: string): FieldErrors {
  if (mode === undefined || (mode >= 0 && mode <= HIGHEST_MODE)) return [];
  return [invalid(at, mode, "must be a number between 0 and 0777 (octal), both inclusive")];
}

// Models kubernetes/pkg/apis/core/validation ValidateLocalNonReservedPath
function pathInside(path: string, at: string): FieldErrors {
  const errors = descendingPath(path, at);
  if (path.startsWith("..") && !path.startsWith("../")) errors.push(invalid(at, path, "must not start with '..'"));
  return errors;
}

// Models kubernetes/pkg/apis/core/validation validateLocalDescendingPath
function descendingPath(path: string, at: string): FieldErrors {
  const errors = path.startsWith("/") ? [invalid(at, path, "must be a relative path")] : [];
  return [...errors, ...noBacksteps(path, at)];
}

function noBacksteps(path: string, at: string): FieldErrors {
  return path.split("/").includes("..") ? [invalid(at, path, "must not contain '..'")] : [];
}

/** The mounts of a container under `path`. */
// Models kubernetes/pkg/apis/core/validation ValidateVolumeMounts, which tells subPath at the list
export function validateMounts(
  mounts: readonly VolumeMount[],
  path: string,
  volumes: ReadonlySet<string>,
): FieldErrors {
  const paths = new Set<string>();
  return mounts.flatMap(({ name, mountPath, subPath = "", subPathExpr = "" }, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldErrors = [];
    if (name === "") errors.push(required(`${at}.name`));
    if (!volumes.has(name)) errors.push({ type: "Not found", field: `${at}.name`, value: name, detail: "" });
    if (mountPath === "") errors.push(required(`${at}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, "must be unique"));
    paths.add(mountPath);
    if (subPath !== "") errors.push(...descendingPath(subPath, `${path}.subPath`));
    if (subPathExpr === "") return errors;
    if (subPath !== "")
      errors.push(invalid(`${at}.subPathExpr`, subPathExpr, "subPathExpr and subPath are mutually exclusive"));
    return [...errors, ...descendingPath(subPathExpr, `${path}.subPathExpr`)];
  });
}
