namespace CaaS.Analytics.Models;

/// <summary>Where a version stands now.</summary>
/// <param name="Version">The version.</param>
/// <param name="State">Where in its life.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Reason">Why, one sentence.</param>
/// <param name="Trial">How it did on what was held back from it, or null before the first trial.</param>
public sealed record ModelStanding(int Version, ModelState State, DateTimeOffset Since, string Reason, Trial? Trial);
