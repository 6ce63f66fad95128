//! From a grant to an upload: who could see it, and what becomes of photos, is asked before anything is in line.

use super::photos::look_over;
use super::scan_rules::ScanRules;
use super::upload::Beforehand;
use crate::app::App;
use crate::settings::Agreed;
use crate::wire::{
    Audience, Consent, Failure, FailureCode, Level, PhotoChoices, PhotoSettings, PhotosFound, PlaceRef, SpaceRef,
    UploadAnswer,
};

/// What the person is asked before anything is in line.
pub(super) enum Question {
    /// Whether others may read or change it.
    Audience(Audience),
    /// What becomes of photos and videos, and whether others may see them where that is still to be agreed to.
    Photos { audience: Option<Audience>, found: PhotosFound },
}

impl App {
    /// Puts what a grant holds into the queue, or asks first: where others could read it, and what becomes of photos and
    /// videos that tell where they were taken. The grant survives the question. What was chosen is remembered with a consent for good.
    ///
    /// # Errors
    /// The grant was used, or this account may not write to the place.
    pub async fn upload(
        &self,
        grant: &str,
        place: PlaceRef,
        consent: Consent,
        photos: Option<PhotoChoices>,
    ) -> Result<UploadAnswer, Failure> {
        let paths = self.grants.peek(grant)?;
        let count = u32::try_from(paths.len()).unwrap_or(u32::MAX);
        let look = move |rules: &ScanRules| look_over(&paths, rules);
        match self.question_before(&place, consent, photos, look).await? {
            Some(Question::Audience(audience)) => return Ok(UploadAnswer::NeedsConsent { audience, count }),
            Some(Question::Photos { audience, found }) => {
                let choices = self.usual_photo_choices(&place.space)?;
                return Ok(UploadAnswer::NeedsChoices { audience, count, found, choices });
            }
            None => {}
        }
        let paths = self.grants.take(grant)?;
        let photos = self.photo_choices(&place.space, consent, photos)?;
        let how = Beforehand { photos, ..Beforehand::default() };
        let batch = self.upload_paths(paths, place, how)?;
        Ok(UploadAnswer::Queued { count, batch })
    }

    /// What is to be asked before something goes to a place, if anything. Has it looked at only where that matters; the look
    /// may block.
    ///
    /// # Errors
    /// This account may not write to the place.
    pub(super) async fn question_before(
        &self,
        place: &PlaceRef,
        consent: Consent,
        photos: Option<PhotoChoices>,
        look: impl FnOnce(&ScanRules) -> PhotosFound + Send + 'static,
    ) -> Result<Option<Question>, Failure> {
        let audience = self.upload_needs_consent(place, consent)?;
        if audience.is_none() && (photos.is_some() || !self.photos_are_asked_about(&place.space)?) {
            return Ok(None);
        }
        let rules = self.scan_rules();
        let found = tokio::task::spawn_blocking(move || look(&rules)).await.unwrap_or_default();
        if found.located > 0 || found.located_videos > 0 || (audience.is_some() && found.photos > 0) {
            return Ok(Some(Question::Photos { audience, found }));
        }
        Ok(audience.map(Question::Audience))
    }

    /// What becomes of photos that go to a space: what was chosen, which is remembered with a consent for good, or else the usual.
    ///
    /// # Errors
    /// No storage is connected, or the settings cannot be saved.
    pub(super) fn photo_choices(
        &self,
        space: &SpaceRef,
        consent: Consent,
        chosen: Option<PhotoChoices>,
    ) -> Result<PhotoChoices, Failure> {
        let Some(chosen) = chosen else { return self.usual_photo_choices(space) };
        if consent == Consent::Always {
            self.remember_photo_choices(chosen)?;
        }
        Ok(chosen)
    }

    /// What becomes of photos that go to a space, where the person does not say.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn usual_photo_choices(&self, space: &SpaceRef) -> Result<PhotoChoices, Failure> {
        let seen = self.session()?.place_info(space).audience != Audience::OnlyYou;
        let usual = self.settings().transfers.photos;
        Ok(PhotoChoices {
            remove_location: usual.remove_location && seen,
            size: usual.size,
            skip_duplicates: usual.skip_duplicates,
        })
    }

    fn photos_are_asked_about(&self, space: &SpaceRef) -> Result<bool, Failure> {
        let seen = self.session()?.place_info(space).audience != Audience::OnlyYou;
        Ok(seen && self.settings().transfers.photos.ask)
    }

    fn remember_photo_choices(&self, chosen: PhotoChoices) -> Result<(), Failure> {
        let PhotoChoices { remove_location, size, skip_duplicates } = chosen;
        let photos = PhotoSettings { remove_location, size, skip_duplicates, ask: false };
        self.change_settings(|settings| settings.transfers.photos = photos)
    }

    /// Who could read an upload, if that has to be agreed to first.
    ///
    /// # Errors
    /// This account may not write to the place.
    pub(crate) fn upload_needs_consent(&self, place: &PlaceRef, consent: Consent) -> Result<Option<Audience>, Failure> {
        let session = self.session()?;
        session.files(&place.space)?;
        let info = session.place_info(&place.space);
        if !info.verbs.write {
            return Err(not_writable(place.space.level));
        }
        let path = place.space.owner.clone().filter(|_| place.space.level == Level::Path);
        let agreed = Agreed { owner: session.owner(), level: place.space.level, path };
        let open = info.audience != Audience::OnlyYou;
        if open && consent == Consent::Ask && !self.has_agreed(&agreed) {
            return Ok(Some(info.audience));
        }
        if open && consent != Consent::Ask {
            self.agree(agreed, consent == Consent::Always)?;
        }
        Ok(None)
    }
}

fn not_writable(level: Level) -> Failure {
    let hint = match level {
        Level::Path => "Upload to a place that lets you, or ask the people who run the storage.",
        Level::Public | Level::Protected | Level::Private => "Upload to your own Protected files, or to Public.",
    };
    Failure::new(FailureCode::AccessDenied, "You can read these files but not add to them.", hint)
}
