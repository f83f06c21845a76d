//! door
/// door
#[derive(Debug)]
pub struct Door;
