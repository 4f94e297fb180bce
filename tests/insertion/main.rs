//! Accepting a completion item leaves the text that a person would have written: the item stands at the cursor, and
//! nothing else of the document has changed its meaning.

mod editor;
mod meaning;
mod real;
mod rewrite;
mod shapes;
mod spots;

#[path = "../support/mod.rs"]
mod support;
