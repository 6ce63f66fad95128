// All texts that people see. No other file holds a sentence.
import { activity } from "./activity";
import { album } from "./album";
import { albumBar } from "./albumBar";
import { components } from "./components";
import { failure } from "./failure";
import { actions, frame, listKeys } from "./frame";
import { kit } from "./kit";
import { listing } from "./listing";
import { naming } from "./naming";
import { place } from "./place";
import { preview } from "./preview";
import { relocate } from "./relocate";
import { session } from "./session";
import { settings } from "./settings";
import { transfers } from "./transfers";
import { upload } from "./upload";

export const words = {
  actions,
  activity,
  album,
  albumBar,
  components,
  failure,
  frame,
  kit,
  listing,
  listKeys,
  naming,
  place,
  preview,
  relocate,
  session,
  settings,
  transfers,
  upload,
};
