// What every host runs: "ok", or what was not.

const receipt = {
  operation: "income",
  taxation: "osn",
  items: [{ name: "Кофе", price: "150.00", quantity: 1, amount: "150.00", vat: "vat22" }],
  customer: { email: "a@example.com" },
};

export function verdict({ checkReceipt, parseReceipt, ReceiptError }) {
  const good = checkReceipt(receipt, { at: "2026-03-01" });
  if (!good.ok || good.receipt.items[0].name !== "Кофе") return `refused: ${JSON.stringify(good)}`;
  if (checkReceipt("{").ok) return "took what is no receipt";
  try {
    parseReceipt({ ...receipt, operation: undefined });
    return "did not throw";
  } catch (error) {
    return error instanceof ReceiptError ? "ok" : `threw ${error}`;
  }
}
