//! The rope that holds an open document and takes the client's edits.
