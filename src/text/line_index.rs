//! Byte offset ⇄ line and column in UTF-8, UTF-16 and UTF-32; LSP's line ends only.
