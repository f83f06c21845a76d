import { checkReceipt, initSync } from "chek54/slim";

initSync(new Uint8Array());
initSync(new ArrayBuffer(0));
initSync(new WebAssembly.Module(new Uint8Array()));
// @ts-expect-error nothing to start from
initSync();
checkReceipt("{}").ok satisfies boolean;
