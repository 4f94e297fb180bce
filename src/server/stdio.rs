//! Standard input and output on threads of their own, beside the runtime: reading never waits for a free worker, and
//! nothing that the framework's decoder would stumble over reaches it.
//!
//! N.B. The framework's reader ends for good at the first frame that it can't decode (a stray byte, a batch, an unknown
//! charset), which looks like a crash to the editor. So each frame is read and checked here and handed on in plain form.

use super::lifecycle::Lifecycle;
use super::spelling::Spellings;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::thread;
use tokio::io::{AsyncWrite, AsyncWriteExt, DuplexStream, duplex};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::Request;

/// Bytes that may wait between a thread and the runtime; a full didOpen of a usual template fits.
const PIPE: usize = 64 * 1024;

/// The message that stands in for a frame whose body can't be read; the gate answers it.
pub(super) const UNREADABLE: &str = "$/ros/unreadable";

/// Starts to read frames from `source`; the stream given back carries them, and ends where `source` does. The end of
/// input ends the session.
pub(super) fn input(source: impl Read + Send + 'static, lifecycle: Arc<Lifecycle>) -> DuplexStream {
    let (mut sink, stream) = duplex(PIPE);
    let runtime = Handle::current();
    thread::spawn(move || {
        let mut source = BufReader::with_capacity(PIPE, source);
        while let Ok(Some(body)) = read_frame(&mut source) {
            let frame = plain_frame(&body);
            if runtime.block_on(sink.write_all(&frame)).is_err() {
                break;
            }
        }
        drop(sink);
        lifecycle.end();
    });
    stream
}

/// Starts to write to `target` what the framework hands over, with addresses as the client spells them; the receiver hears
/// when all of it is out.
///
/// N.B. The framework stops reading when its output does not take any more, edits included. So this takes everything at
/// once: a client that is slow to read costs memory, not order.
pub(super) fn output(
    mut target: impl Write + Send + 'static,
    spellings: Arc<Spellings>,
) -> (Output, oneshot::Receiver<()>) {
    let (sender, pieces) = mpsc::channel::<Vec<u8>>();
    let (flushed, all_out) = oneshot::channel();
    thread::spawn(move || {
        let mut frames = Frames::default();
        while let Ok(piece) = pieces.recv() {
            let ready = frames.push(&piece, &spellings);
            if target.write_all(&ready).and_then(|()| target.flush()).is_err() {
                break;
            }
        }
        // Nobody listens any more when the server ends in a hurry.
        let _ = flushed.send(());
    });
    (Output(sender), all_out)
}

/// What the framework has written so far, up to where a frame ends.
#[derive(Default)]
struct Frames {
    /// The beginning of a frame.
    pending: Vec<u8>,
}

impl Frames {
    /// Takes a piece of the output; gives the frames that are complete now, ready for the client.
    fn push(&mut self, piece: &[u8], spellings: &Spellings) -> Vec<u8> {
        self.pending.extend_from_slice(piece);
        let mut ready = Vec::new();
        let mut rest = self.pending.as_slice();
        let mut at = rest;
        while let Ok(Some(body)) = read_frame(&mut at) {
            match spellings.written(&body) {
                Some(body) => ready.extend(frame(&body)),
                None => ready.extend_from_slice(&rest[..rest.len() - at.len()]),
            }
            rest = at;
        }
        let done = self.pending.len() - rest.len();
        self.pending.drain(..done);
        ready
    }
}

/// The framework's end of the output.
pub(super) struct Output(mpsc::Sender<Vec<u8>>);

impl AsyncWrite for Output {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let sent = self.0.send(bytes.to_vec());
        Poll::Ready(match sent {
            Ok(()) => Ok(bytes.len()),
            Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        })
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// The body of the next frame; `None` at the end of input. Lines that are no header are skipped.
fn read_frame(source: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if source.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if let Some(found) = content_length(&line) {
            length = Some(found);
        } else if line.trim_ascii().is_empty()
            && let Some(length) = length
        {
            let mut body = Vec::new();
            let read = source.by_ref().take(length).read_to_end(&mut body)?;
            return Ok((read as u64 == length).then_some(body));
        }
    }
}

/// The value of a `Content-Length` header. Rubbish may stand before it: the rest of a frame whose length was wrong.
fn content_length(line: &[u8]) -> Option<u64> {
    const NAME: &str = "content-length:";
    let line = String::from_utf8_lossy(line).to_ascii_lowercase();
    let at = line.rfind(NAME)?;
    line[at + NAME.len()..].trim().parse().ok()
}

/// The frame that the framework is given for `body`.
fn plain_frame(body: &[u8]) -> Vec<u8> {
    // A response reads as a request without method, so that this covers all three kinds of messages.
    match serde_json::from_slice::<Request>(body) {
        Ok(_) => frame(body),
        Err(error) => {
            let why = serde_json::json!({ "syntax": !error.is_data(), "message": error.to_string() });
            let stand_in = serde_json::json!({
                "jsonrpc": "2.0", "id": null, "method": UNREADABLE, "params": why,
            });
            frame(stand_in.to_string().as_bytes())
        }
    }
}

fn frame(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(mut input: &[u8]) -> Vec<String> {
        let mut bodies = Vec::new();
        while let Some(body) = read_frame(&mut input).unwrap() {
            bodies.push(String::from_utf8(body).unwrap());
        }
        bodies
    }

    #[test]
    fn headers_are_read_liberally() {
        let input =
            "content-length: 2\r\nContent-Type: x; charset=latin1\r\n\r\n{}Content-Length:6\n\n\"专\"x";
        assert_eq!(bodies(input.as_bytes()), ["{}", "\"专\"x"]);
    }

    #[test]
    fn reading_goes_on_after_rubbish() {
        let input = "hello\r\n\r\nContent-Length: 2\r\n\r\n{}rubbishContent-Length: 4\r\n\r\nnull";
        assert_eq!(bodies(input.as_bytes()), ["{}", "null"]);
        assert_eq!(
            bodies(b"Content-Length: many\r\n\r\nContent-Length: 2\r\n\r\n[]"),
            ["[]"]
        );
    }

    #[test]
    fn a_frame_cut_short_is_no_frame() {
        assert!(bodies(b"Content-Length: 10\r\n\r\n{}").is_empty());
        assert!(bodies(b"Content-Length: 10\r\n").is_empty());
    }

    #[test]
    fn what_the_framework_cannot_decode_is_replaced() {
        let deep = format!(
            "{{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":{}",
            "[".repeat(200)
        );
        let deep = format!("{deep}{}}}", "]".repeat(200));
        for body in [
            "{",
            "[]",
            "1",
            "{}",
            r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#,
            &deep,
        ] {
            let frame = String::from_utf8(plain_frame(body.as_bytes())).unwrap();
            assert!(frame.contains(UNREADABLE), "{body}");
        }
        for body in [
            r#"{"jsonrpc":"2.0","id":1,"result":null}"#,
            r#"{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"","more":2}}"#,
            r#"{"jsonrpc":"2.0","method":"exit"}"#,
        ] {
            assert!(plain_frame(body.as_bytes()).ends_with(body.as_bytes()));
        }
    }
}
