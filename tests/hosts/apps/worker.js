import * as chek54 from "chek54";
import { CloudKassir } from "chek54/client";
import { verdict } from "./verdict.js";

/** A client of the same wasm: it sends, and reads what it is answered. */
async function sent() {
  const taken = { Success: true, Model: { Id: "17b6899c", ErrorCode: 0 } };
  const fetch = async () => Response.json(taken);
  const kassir = new CloudKassir({ publicId: "pk", apiSecret: "secret", inn: "7708806062", fetch });
  const receipt = {
    operation: "income",
    taxation: "osn",
    items: [{ name: "Кофе", price: "150.00", quantity: 1, vat: "vat22" }],
    customer: { email: "a@example.com" },
  };
  const { id } = await kassir.createReceipt(receipt, { invoiceId: "1", check: { at: "2026-03-01" } });
  return id === "17b6899c" ? "ok" : `got ${id}`;
}

export default {
  async fetch() {
    const said = verdict(chek54);
    return new Response(said === "ok" ? await sent().catch(String) : said);
  },
};
