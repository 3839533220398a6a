/** What every generated Rust client has. */
export const RUST = `#![allow(clippy::all, dead_code, unused_mut, unused_imports)]
pub mod models;

use serde::{de::DeserializeOwned, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is sent. The path is complete and encoded, the query too.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
}

#[derive(Debug, Clone, Default)]
pub struct Response {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Sends requests: a few lines over ureq, reqwest or hyper.
pub trait Transport {
    fn send(&self, url: &str, request: &Request) -> Result<Response, Box<dyn std::error::Error + Send + Sync>>;
}

#[derive(Debug)]
pub enum Error {
    /// An answer that is no success.
    Problem { status: u16, body: Vec<u8> },
    Transport(Box<dyn std::error::Error + Send + Sync>),
    Json(serde_json::Error),
    /// What can be no part of a path.
    Path(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Problem { status, body } => write!(f, "status {}: {}", status, String::from_utf8_lossy(body)),
            Error::Transport(error) => write!(f, "no answer: {}", error),
            Error::Json(error) => write!(f, "not the JSON that was declared: {}", error),
            Error::Path(text) => write!(f, "{:?} is no part of a path", text),
        }
    }
}

impl std::error::Error for Error {}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::Json(error)
    }
}

fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            _ => out.push_str(&format!("%{:02X}", byte)),
        }
    }
    out
}

fn texts<T: Serialize>(value: &T) -> Result<Vec<String>, Error> {
    let one = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    Ok(match serde_json::to_value(value)? {
        Value::Null => vec![],
        Value::Array(items) => items.into_iter().map(one).collect(),
        other => vec![one(other)],
    })
}

impl Request {
    fn new(method: &'static str) -> Self {
        Request { method, ..Default::default() }
    }

    fn segment<T: Serialize>(&mut self, value: &T) -> Result<(), Error> {
        let text = texts(value)?.join(",");
        if text.is_empty() || text == "." || text == ".." {
            return Err(Error::Path(text));
        }
        self.path.push_str(&encode(&text));
        Ok(())
    }

    fn ask<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        for text in texts(value)? {
            self.query.push(if self.query.is_empty() { '?' } else { '&' });
            self.query.push_str(&format!("{}={}", encode(name), encode(&text)));
        }
        Ok(())
    }

    fn head<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        for text in texts(value)? {
            self.headers.push((name.to_string(), text));
        }
        Ok(())
    }

    fn carry<T: Serialize>(&mut self, media: &str, value: &T) -> Result<(), Error> {
        let json = serde_json::to_value(value)?;
        let body = match json {
            Value::Null => return Ok(()),
            Value::Object(members) if media.starts_with("application/x-www-form-urlencoded") => {
                let mut pairs = vec![];
                for (name, member) in &members {
                    for text in texts(member)? {
                        pairs.push(format!("{}={}", encode(name), encode(&text)));
                    }
                }
                pairs.join("&").into_bytes()
            }
            Value::String(text) if !media.contains("json") => text.into_bytes(),
            other => serde_json::to_vec(&other)?,
        };
        self.headers.push(("content-type".to_string(), media.to_string()));
        self.body = Some(body);
        Ok(())
    }
}

impl Response {
    fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        Ok(serde_json::from_slice(if self.body.is_empty() { b"null" } else { &self.body })?)
    }

    fn text(self) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(&self.body).into_owned())
    }

    fn bytes(self) -> Result<Vec<u8>, Error> {
        Ok(self.body)
    }

    fn nothing(self) -> Result<(), Error> {
        Ok(())
    }
}

/// Calls the operations of one server.
pub struct Client<T: Transport> {
    pub base: String,
    pub headers: Vec<(String, String)>,
    pub transport: T,
}

impl<T: Transport> Client<T> {
    pub fn new(transport: T) -> Self {
        Client { base: DEFAULT_BASE.to_string(), headers: vec![], transport }
    }

    fn send(&self, mut request: Request) -> Result<Response, Error> {
        request.headers.extend(self.headers.iter().cloned());
        let url = format!("{}{}{}", self.base, request.path, request.query);
        let answer = self.transport.send(&url, &request).map_err(Error::Transport)?;
        if answer.status >= 400 {
            return Err(Error::Problem { status: answer.status, body: answer.body });
        }
        Ok(answer)
    }
    // METHODS
}
`;
