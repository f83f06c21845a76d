// @ts-check
// The receipts that are timed, the same as check.rs makes: items as a shop sends them, Cyrillic names and all.

/** @param {number} count */
export function receipt(count) {
  const items = Array.from({ length: count }, (_, index) => {
    const quantity = (index % 3) + 1;
    const price = 9990 + index * 100;
    return {
      name: `Чай чёрный №${index} листовой, 100 г`,
      price: (price / 100).toFixed(2),
      quantity,
      amount: ((price * quantity) / 100).toFixed(2),
      vat: "vat22",
      method: "fullPayment",
      object: "commodity",
      unit: "piece",
    };
  });
  return { operation: "income", taxation: "osn", items, customer: { email: "buyer@example.com" } };
}
