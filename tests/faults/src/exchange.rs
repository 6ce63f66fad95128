//! One request through the proxy: on to the server and back, or whatever the script says.

use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::connection::Breaker;
use crate::fault::Fault;
use crate::line::Direction;
use crate::log::Passage;
use crate::passing::{Break, Passing, pass, whole};
use crate::proxy::Shared;

/// Answers a request, or errs: then its connection ends.
pub(crate) async fn answer(
    shared: Arc<Shared>,
    breaker: Breaker,
    request: Request<Incoming>,
) -> io::Result<Response<Passing>> {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let fault = shared.script.next(request.method().as_str(), &path);
    let passage = shared.log.note(request.method().as_str(), &path, fault.is_some());
    let exchange = Exchange { shared, breaker, passage };
    match fault {
        None => exchange.forward(request, None, None).await,
        Some(Fault::Latency { millis }) => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            exchange.forward(request, None, None).await
        }
        Some(Fault::Hold) => {
            exchange.shared.line.is_released().await;
            exchange.forward(request, None, None).await
        }
        Some(Fault::Refuse) => exchange.reset().await,
        Some(Fault::Silence) => pending().await,
        Some(Fault::ResetRequest { at }) => exchange.forward(request, Some(exchange.breaking(at)), None).await,
        Some(Fault::ResetAnswer { at }) => exchange.forward(request, None, Some(exchange.breaking(at))).await,
        Some(Fault::CutAnswer { at }) => exchange.forward(request, None, Some(Break { at, reset: None })).await,
        Some(Fault::LoseAnswer) => {
            let answer = exchange.forward(request, None, None).await?;
            // The server has done it only when its answer is whole.
            let _ = answer.into_body().collect().await;
            exchange.reset().await
        }
        Some(Fault::Twice) => exchange.forward_twice(request).await,
        Some(Fault::Answer { status, code }) => exchange.say(request, status, &code).await,
    }
}

struct Exchange {
    shared: Arc<Shared>,
    breaker: Breaker,
    passage: Arc<Passage>,
}

impl Exchange {
    fn breaking(&self, at: u64) -> Break {
        Break { at, reset: Some(self.breaker.clone()) }
    }

    /// The connection task sees the breaker and drops this exchange.
    async fn reset<T>(&self) -> io::Result<T> {
        self.breaker.reset();
        pending().await
    }

    async fn forward(
        &self,
        request: Request<Incoming>,
        up: Option<Break>,
        down: Option<Break>,
    ) -> io::Result<Response<Passing>> {
        let Some(server) = self.shared.server() else { return self.reset().await };
        let line = &self.shared.line;
        let request = request.map(|body| pass(body, line.clone(), Direction::Up, self.passage.clone(), up));
        let answer = send(server, request).await?;
        Ok(answer.map(|body| pass(body, line.clone(), Direction::Down, self.passage.clone(), down)))
    }

    async fn forward_twice(&self, request: Request<Incoming>) -> io::Result<Response<Passing>> {
        let Some(server) = self.shared.server() else { return self.reset().await };
        let line = &self.shared.line;
        let (head, body) = request.into_parts();
        let body = pass(body, line.clone(), Direction::Up, self.passage.clone(), None).collect().await?.to_bytes();
        // Its length stands in the head.
        let first = send(server, Request::from_parts(head.clone(), whole(body.clone()))).await?;
        let _ = first.into_body().collect().await;
        let second = send(server, Request::from_parts(head, whole(body))).await?;
        Ok(second.map(|body| pass(body, line.clone(), Direction::Down, self.passage.clone(), None)))
    }

    /// What S3 would say. The body is heard out first, or its sender would meet a reset and not the answer.
    async fn say(&self, request: Request<Incoming>, status: u16, code: &str) -> io::Result<Response<Passing>> {
        let head = request.method() == http::Method::HEAD;
        let line = self.shared.line.clone();
        pass(request.into_body(), line, Direction::Up, self.passage.clone(), None).collect().await?;
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>The fault proxy says so.</Message>\
             <RequestId>FAULTPROXY</RequestId></Error>"
        );
        let answer = Response::builder()
            .status(StatusCode::from_u16(status).map_err(io::Error::other)?)
            .header(header::CONTENT_TYPE, "application/xml")
            .header("x-amz-request-id", "FAULTPROXY");
        answer.body(whole(if head { String::new() } else { text })).map_err(io::Error::other)
    }
}

/// A connection for each request: one that breaks spoils no other.
async fn send(server: SocketAddr, request: Request<Passing>) -> io::Result<Response<Incoming>> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    tokio::spawn(async move {
        // What went wrong is in the answer, or in its body.
        let _ = connection.await;
    });
    sender.send_request(request).await.map_err(io::Error::other)
}
