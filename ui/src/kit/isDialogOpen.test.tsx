import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { isDialogOpen } from "./isDialogOpen";
import { toast, ToastRegion } from "./Toast";

describe("an open dialog", () => {
  it("is not news in a corner: keys and drops go on", async () => {
    render(<ToastRegion />);
    toast({ text: "1 item deleted" });
    await screen.findByText("1 item deleted");
    expect(isDialogOpen()).toBe(false);
  });
});
