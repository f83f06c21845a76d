//! VAT sums. Prices include the tax, so it is taken out of the amount; plain and calculated rates alike.

use crate::money::Money;
use crate::vocab::Vat;

impl Vat {
    /// The tax within an amount, half-up to the kopeck: at 20% and at 20/120 amount x 20 / 120. Nothing without VAT.
    ///
    /// ```
    /// use chek54::{Money, Vat};
    /// assert_eq!(Vat::Vat22.sum(Money::from_kopecks(80_730)), Money::from_kopecks(14_558));
    /// assert_eq!(Vat::Vat0.sum(Money::from_kopecks(10_000)), Money::ZERO);
    /// ```
    pub fn sum(self, amount: Money) -> Money {
        let percent = self.percent().unwrap_or_default().into();
        // A share below one is within the limit.
        amount.share(percent, 100 + percent).unwrap_or_default()
    }
}
