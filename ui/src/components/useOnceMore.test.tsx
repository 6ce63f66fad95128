// Pictures whose request was stopped while they were on show again.
import { fireEvent, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FailureCode, Row } from "../host";
import { createFakeHost } from "../host/fake";
import { FileMark } from "../listing/FileMark";
import { renderWithHost } from "../test/render";
import { S3Image } from ".";

afterEach(() => vi.restoreAllMocks());

const failureOf = (code: FailureCode) => ({ code, message: "no", hint: "", retry: { kind: "never" }, detail: "" });

/** What the host says each time it is asked why; null: it has the picture by now. */
function says(...codes: (FailureCode | null)[]) {
  const fetch = vi.spyOn(globalThis, "fetch");
  for (const code of codes) {
    fetch.mockResolvedValueOnce(code ? Response.json(failureOf(code), { status: 502 }) : new Response("a picture"));
  }
  return fetch;
}

const image = () => document.querySelector("img");

/** The element that asks after this one gave nothing. */
async function nextAfter(element: Element | null) {
  fireEvent.error(element as Element);
  await waitFor(() => expect(image()).not.toBe(element));
  return image() as HTMLImageElement;
}

async function drawn(onError: () => void) {
  renderWithHost(<S3Image imgKey="a.jpg" size={240} onError={onError} />);
  await waitFor(() => expect(image()).not.toBeNull());
  return image() as HTMLImageElement;
}

describe("A picture", () => {
  it.each(["cancelled", null] as const)("that the host gave up (%s) is asked for once more", async (code) => {
    says(code);
    const onError = vi.fn();
    const first = await drawn(onError);
    const { src } = first;
    const second = await nextAfter(first);
    expect(second.src).toBe(src);
    expect(onError, "nothing failed").not.toHaveBeenCalled();
  });

  it("that is tracked is noted for what is drawn, and not for being asked about", async () => {
    const asked = says("cancelled");
    const host = createFakeHost();
    const tracked = "amphora://localhost/thumb/public/-/a.jpg?size=256&v=1&track=1";
    host.fileUrl = () => tracked;
    renderWithHost(<S3Image imgKey="a.jpg" size={240} track />, { host });
    await waitFor(() => expect(image()).not.toBeNull());
    const second = await nextAfter(image());
    expect(second.src).toBe(tracked);
    expect(asked.mock.calls).toEqual([["amphora://localhost/thumb/public/-/a.jpg?size=256&v=1"]]);
  });

  it("that fails the second time as well tells why, unless it was given up again", async () => {
    const onError = vi.fn();
    const asked = says("cancelled", "cancelled", "offline");
    const second = await nextAfter(await drawn(onError));
    fireEvent.error(second);
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
    fireEvent.error(second);
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(failureOf("offline")));
  });

  it("whose bytes come and are none is told of, rather than asked for over and over", async () => {
    const onError = vi.fn();
    says(null, null);
    fireEvent.error(await nextAfter(await drawn(onError)));
    await waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: "unexpected" });
  });
});

it("The mark of a row stays a picture that is asked for once more, and is a sign where there is none", async () => {
  says("cancelled", "notAPicture");
  const row = { key: "a.jpg", name: "a.jpg", etag: "e1", media: "image" } as Row;
  renderWithHost(<FileMark row={row} space={{ level: "public", owner: null }} />);
  await waitFor(() => expect(image()).not.toBeNull());
  const second = await nextAfter(image());
  fireEvent.error(second);
  await waitFor(() => expect(image()).toBeNull());
});
