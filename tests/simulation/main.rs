//! The client against the sandbox on one clock, through a network that loses, delays, doubles and reorders, by seed.
//!
//!   CHEK54_SEEDS=100000 cargo test --all-features --test simulation -- --nocapture
//!   CHEK54_SEED=4711 cargo test --all-features --test simulation -- --nocapture      one seed again, with all that happened
#![cfg(all(feature = "client", feature = "sandbox"))]

mod dice;
mod order;
mod weather;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use world::World;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Every order ends known; there are never two receipts for one; nothing is believed that no provider sent; what is
/// fiscal is what was asked for.
#[test]
fn every_order_ends_known() {
    if let Some(seed) = number("CHEK54_SEED") {
        let mut world = World::new(seed, true);
        let ended = catch_unwind(AssertUnwindSafe(|| {
            world.run();
            world.judge();
        }));
        println!("{}", world.log());
        assert!(ended.is_ok(), "seed {seed}");
        return;
    }
    let seeds = number("CHEK54_SEEDS").unwrap_or(10_000);
    let workers = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let requests: u64 = std::thread::scope(|scope| {
        let work = |worker: u64| {
            move || {
                let mut requests = 0;
                for seed in (worker..seeds).step_by(workers as usize) {
                    let mut world = World::new(seed, false);
                    let ended = catch_unwind(AssertUnwindSafe(|| {
                        world.run();
                        world.judge();
                    }));
                    assert!(ended.is_ok(), "seed {seed} fails: CHEK54_SEED={seed} shows it");
                    requests += world.requests;
                }
                requests
            }
        };
        let running: Vec<_> = (0..workers).map(|worker| scope.spawn(work(worker))).collect();
        running.into_iter().map(|one| one.join().expect("no seed fails")).sum()
    });
    println!("{seeds} seeds, {requests} requests");
    assert!(requests > seeds);
}
