//! What the network does to messages, in percent; and what the providers do wrong.

use crate::dice::Dice;
use chek54::sandbox::{Fault, FaultKind};

/// No message is on its way for longer than this.
pub const LATEST: u64 = 4 * 60_000;

#[derive(Debug, Clone, Copy, Default)]
pub struct Weather {
    /// The connection is refused: nothing is sent.
    pub refused: u64,
    /// A request is lost.
    pub lost: u64,
    /// An answer is lost.
    pub unheard: u64,
    /// A request arrives twice.
    pub doubled: u64,
    /// A message takes long, so that later ones overtake it.
    pub late: u64,
    /// An answer breaks off.
    pub torn: u64,
    /// The process of the shop ends, and starts again from what it kept.
    pub crashes: u64,
    /// The caller gives up.
    pub aborts: u64,
    /// A notification is changed on its way, or one is made up.
    pub forged: u64,
}

impl Weather {
    pub fn of(dice: &mut Dice) -> Self {
        let most = dice.pick(&[0, 5, 15, 40]);
        let mut chance = || dice.within(0, most);
        Self {
            refused: chance(),
            lost: chance(),
            unheard: chance(),
            doubled: chance(),
            late: chance(),
            torn: chance(),
            crashes: chance() / 2,
            aborts: chance() / 4,
            forged: chance(),
        }
    }

    /// How long a message takes.
    pub fn delay(&self, dice: &mut Dice) -> u64 {
        if dice.percent(self.late) { dice.within(1_000, LATEST) } else { dice.within(1, 400) }
    }
}

/// What the providers do wrong.
pub fn faults(dice: &mut Dice) -> Vec<Fault> {
    let mut faults = Vec::new();
    for kind in FaultKind::ALL {
        if dice.percent(20) {
            let fault = Fault::of(kind).chance(dice.pick(&[5, 20, 50]));
            faults.push(if dice.percent(50) { fault.times(dice.within(1, 4) as u32) } else { fault });
        }
    }
    faults
}
