// @ts-check

/** A receipt with nothing wrong, to spoil in one place. @returns {any} */
export function goodReceipt() {
  return {
    operation: "income",
    taxation: "osn",
    items: [{ name: "Кофе", price: "150.00", quantity: 1, amount: "150.00", vat: "vat22" }],
    customer: { email: "a@example.com" },
  };
}

/** The day the receipt is checked on, so that tests do not depend on today's rules. */
export const at = "2026-03-01";
