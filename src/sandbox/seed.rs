//! Chance that is the same for the same seed (splitmix64, Vigna 2015).

/// A source of numbers.
#[derive(Debug, Clone)]
pub(super) struct Seed(u64);

impl Seed {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// A number between two, both included.
    pub fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to.saturating_sub(from).saturating_add(1)).max(1)
    }

    /// Whether something of this many percent happens.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.next() % 100 < u64::from(chance)
    }

    /// Hexadecimal digits.
    pub fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from_digit((self.next() % 16) as u32, 16).unwrap_or('0')).collect()
    }

    /// Decimal digits.
    pub fn digits(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from_digit((self.next() % 10) as u32, 10).unwrap_or('0')).collect()
    }

    /// Five groups of hexadecimal digits (RFC 9562).
    pub fn uuid(&mut self) -> String {
        let variant = ["8", "9", "a", "b"][(self.next() % 4) as usize];
        let groups = [self.hex(8), self.hex(4), ["4", &self.hex(3)].concat(), [variant, &self.hex(3)].concat()];
        [groups.join("-"), self.hex(12)].join("-")
    }
}

fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

/// A number that the texts and the seed make, and no other ones.
pub(super) fn digest(seed: u64, texts: &[&str]) -> u64 {
    let parts = texts.iter().flat_map(|text| text.bytes().chain([0]));
    parts.fold(mixed(seed), |state, byte| mixed(state ^ u64::from(byte)))
}

/// The five groups of digits that a text makes.
pub(super) fn uuid_of(text: &str) -> String {
    Seed::new(digest(0, &[text])).uuid()
}
