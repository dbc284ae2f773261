namespace CaaS.Client.Wire;

/// <summary>One version of the model that rates how useful an incident is.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="State">Where in its life.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Reason">Why, one sentence.</param>
/// <param name="Damage">Why its file is refused; empty when it is whole.</param>
/// <param name="TrainedAt">When it was trained, UTC; null when its file is refused, like all that follows but the
/// trial.</param>
/// <param name="TrainedTo">Newest incident it learned from, UTC.</param>
/// <param name="Useful">Useful incidents it learned from.</param>
/// <param name="Noise">Noise it learned from.</param>
/// <param name="Unlabelled">Incidents nobody judged, which showed it what is usual.</param>
/// <param name="Seed">Seed of its training.</param>
/// <param name="Parent">Version that was active when it was trained, or 0.</param>
/// <param name="Trial">How it did on what was held back from it, or null before the first trial.</param>
public sealed record ModelVersion(
    int Version,
    ModelState State,
    DateTimeOffset Since,
    string Reason,
    string Damage,
    DateTimeOffset? TrainedAt,
    DateTimeOffset? TrainedTo,
    int? Useful,
    int? Noise,
    int? Unlabelled,
    int? Seed,
    int? Parent,
    ModelTrial? Trial);
