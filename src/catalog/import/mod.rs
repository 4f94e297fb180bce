//! Where the catalog's facts come from: readers of the official CDK's packages and of property-table pages.
//!
//! Used by the maintenance command that makes the committed data, not at run time.

pub mod archive;
pub mod cdk;
mod mine;
pub mod pages;
