// The limit of a thousand addresses.
import { expect, test } from "vitest";
import { truncate } from "./controller-repack.ts";

const addresses = (count: number, net: number) =>
  Array.from({ length: count }, (_, n) => ({ ip: `10.${net}.${Math.floor(n / 250)}.${n % 250}` }));

test("[EP-3] a thousand addresses at most, ready ones first", () => {
  const ports = [{ port: 80 }];
  expect(truncate([{ addresses: addresses(1000, 1), ports }])).toBeUndefined();
  const [subset, ...more] =
    truncate([{ addresses: addresses(990, 1), notReadyAddresses: addresses(20, 2), ports }]) ?? [];
  expect(more).toEqual([]);
  expect(subset?.addresses).toHaveLength(990);
  expect(subset?.notReadyAddresses).toEqual(addresses(10, 2));
  const cut = truncate([{ notReadyAddresses: addresses(30, 2) }, { addresses: addresses(1001, 1), ports }]);
  expect(cut).toEqual([{ addresses: addresses(1000, 1), ports }]);
});
