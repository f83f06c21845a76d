//! VAT in sums and in time: what of a gross amount is tax, and which rate a settlement of a day has.

use crate::date::Date;
use crate::money::Money;
use crate::vocab::{Term, Vat};

impl Vat {
    /// The tax within a gross amount, half-up to the kopeck: `amount * rate / (100 + rate)`, the same for a plain rate
    /// and its calculated twin (НК РФ, ст. 164 п. 4; receipts hold gross amounts). Zero without VAT. Tag 1200.
    ///
    /// ```
    /// use chek54::{Money, Vat};
    /// assert_eq!(Vat::Vat22.sum(Money::from_kopecks(80_730)).to_string(), "145.58");
    /// ```
    pub fn sum(self, amount: Money) -> Money {
        let percent = i64::from(self.percent().unwrap_or(0));
        amount.share(percent, 100 + percent).unwrap_or(Money::ZERO)
    }

    /// The rate that stands in this one's place on a day: 22% in 2026 for 20%, 20/120 in 2019 for 18/118. Rates that
    /// nothing has replaced are themselves.
    pub fn on(self, day: Date) -> Self {
        let day = day.to_string();
        if self.row().in_force(&day) { self } else { self.successor(&day).unwrap_or(self) }
    }

    /// The main rate of a day, plain or calculated as this one, if this is a main rate of another day.
    pub(crate) fn successor(self, day: &str) -> Option<Self> {
        let main = |vat: Self| vat.percent().is_some_and(|percent| percent >= 18);
        Self::all().find(|next| {
            main(self) && main(*next) && next.calculated() == self.calculated() && next.row().in_force(day)
        })
    }
}
