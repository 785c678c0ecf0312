export const ROOT_FLAGS: string[];
