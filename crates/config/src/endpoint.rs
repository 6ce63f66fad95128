//! Checks the address of a server that stands in for AWS: https, or plain http on this computer only.

use url::{Host, Url};

use crate::error::{ConfigError, ConfigErrorKind};

/// Checks one endpoint and brings it into one form, without a slash at the end.
pub(crate) fn check(source: &str, text: &str) -> Result<String, ConfigError> {
    let url = Url::parse(text.trim()).map_err(|_| invalid(source, "a server address that is no URL"))?;
    let host = url.host().ok_or_else(|| invalid(source, "a server address without a host"))?;
    if !url.username().is_empty() || url.password().is_some() {
        // A configuration is handed around in invitations: it must not carry a password.
        return Err(invalid(source, "a server address with a user name or password in it"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(invalid(source, "a server address with a “?” or “#” in it"));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&host) => {}
        "http" => {
            return Err(ConfigError::new(
                ConfigErrorKind::Insecure,
                format!("{source} names a server without encryption (http://{host})."),
                "Plain http is allowed only for a server on this computer. Use an https address.",
            ));
        }
        _ => return Err(invalid(source, "a server address that is neither https nor http")),
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The endpoint as it counts for a backend's identity: on this computer, ports come and go.
pub(crate) fn without_loopback_port(endpoint: &str) -> String {
    match Url::parse(endpoint) {
        Ok(url) if url.host().is_some_and(|host| is_loopback(&host)) => "loopback".to_owned(),
        _ => endpoint.to_owned(),
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn invalid(source: &str, what: &str) -> ConfigError {
    ConfigError::new(
        ConfigErrorKind::Invalid,
        format!("{source} names {what}."),
        "A server address looks like https://storage.example.com or http://127.0.0.1:20005.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_computer_only() {
        for local in ["http://localhost:20005/", "http://127.0.0.1:1", "http://127.8.8.8", "http://[::1]:9"] {
            assert!(check("f", local).is_ok(), "{local} is this computer");
        }
        let elsewhere = [
            "http://example.com",
            "http://localhost.example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://127.0.0.1.example.com",
            "http://[::ffff:10.0.0.1]",
        ];
        for remote in elsewhere {
            assert_eq!(
                check("f", remote).unwrap_err().kind(),
                ConfigErrorKind::Insecure,
                "{remote} is not this computer"
            );
        }
        assert!(check("f", "https://example.com").is_ok());
    }

    #[test]
    fn an_address_carries_nothing_but_the_address() {
        for bad in
            ["https://u:p@h", "https://u@h", "https://h/?k=v", "https://h/#f", "ftp://h", "file:///etc", "h:1", ""]
        {
            assert_eq!(check("f", bad).unwrap_err().kind(), ConfigErrorKind::Invalid, "{bad}");
        }
        assert_eq!(check("f", " https://h.example/ ").unwrap(), "https://h.example");
    }
}
