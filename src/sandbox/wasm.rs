//! The door to JavaScript of the sandbox's own wasm.

use super::Door;
use wasm_bindgen::prelude::*;

/// What the model's types are made of; nobody sees these declarations but the compiler.
#[wasm_bindgen(typescript_custom_section)]
const DECIMALS: &str = "export type Money = string; export type Quantity = string;";

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// One sandbox.
#[wasm_bindgen]
pub struct Handle(Door);

#[wasm_bindgen]
impl Handle {
    /// A sandbox that is to be opened.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(Door::new())
    }

    /// A call, JSON text in and out: see [`Door`].
    pub fn call(&mut self, name: &str, argument: &str, now: f64) -> String {
        self.0.call(name, argument, now as u64)
    }
}
