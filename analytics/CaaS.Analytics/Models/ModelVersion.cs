namespace CaaS.Analytics.Models;

/// <summary>One version in the store.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="Manifest">What it is, or null when its file cannot be read.</param>
/// <param name="Damage">Why its file is refused; empty when it is whole.</param>
public sealed record ModelVersion(ModelStanding Standing, ModelManifest? Manifest, string Damage);
