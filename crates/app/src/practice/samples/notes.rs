//! The texts among the sample files.

use super::SampleLevel::{self, Private, Protected, Public};

/// Path, media type, level and text of each.
pub(super) const NOTES: [(&str, &str, SampleLevel, &str); 5] = [
    ("Summer 2026/inspection-notes.md", "text/markdown", Private, INSPECTION),
    ("Summer 2026/packing list.txt", "text/plain", Private, PACKING),
    ("travel-costs.csv", "text/csv", Private, COSTS),
    ("Exhibition/labels.json", "application/json", Protected, LABELS),
    ("Welcome/read me first.txt", "text/plain", Public, WELCOME),
];

const INSPECTION: &str = "# Inspection notes

Quay wall, north side. Two bolts missing at marker 14; see harbour_at_dawn.
Water line 3 cm above last year's mark.

## To do

- [x] Photograph the wall from the ferry
- [ ] Order bolts (M24, stainless)
- [ ] Ask the harbour office about the lamp on the lighthouse: it was dark for
      eleven seconds instead of nine

## Weather

Calm, 14 °C, light haze until eight. First snow on the hills on the way back.
";

const PACKING: &str = "Packing list

Rain jacket
Head torch, spare batteries
Notebook and two pencils
Tide table
Camera, charger, the small tripod
Thermos
Ferry ticket (inside the notebook)
Biscuits for the lighthouse keeper
";

const COSTS: &str = "date,what,place,amount,currency
2026-08-14,Ferry,Harbour,18.40,EUR
2026-08-14,Room,Old customs house,64.00,EUR
2026-08-15,Bicycle,Village,12.00,EUR
2026-08-15,\"Soup, bread, coffee\",Café by the slip,11.80,EUR
2026-08-16,Stainless bolts,Chandler,37.25,EUR
2026-08-17,Ferry,Harbour,18.40,EUR
";

const LABELS: &str = r#"{
  "exhibition": "Clay, salt, light",
  "opens": "2026-12-05",
  "works": [
    { "file": "tides.jpg", "title": "Tides", "width_cm": 60, "height_cm": 80 },
    { "file": "circles.jpg", "title": "Circles", "width_cm": 70, "height_cm": 70 },
    { "file": "dunes.jpg", "title": "Dunes", "width_cm": 90, "height_cm": 60 }
  ]
}
"#;

const WELCOME: &str = "Welcome to your practice storage.

Everything here lies on this computer only. Try things out:

- Drop a few pictures of your own onto the window.
- Look at this folder as an album.
- See it as a guest, and find out what a guest can read.
- Delete what you like. Nothing here is needed.
";
