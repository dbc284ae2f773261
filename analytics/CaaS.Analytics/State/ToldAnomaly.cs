namespace CaaS.Analytics.State;

/// <summary>Hands over an anomaly that was told and is not over.</summary>
internal static class ToldAnomaly
{
    /// <summary>Saves or loads.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="told">Anomaly, or null when none was told.</param>
    /// <returns>The one that counts.</returns>
    public static Anomaly? Sync(StateArchive archive, Anomaly? told) => archive.SharedOrNull(told, item => new Anomaly(
        archive.Text(item?.Id ?? ""),
        archive.Entity(item?.Entity ?? default),
        archive.Value(item?.Kind ?? default),
        archive.Text(item?.Signal ?? ""),
        archive.Labels(item?.Labels ?? []),
        archive.Value(item?.Role ?? default),
        archive.Value(item?.State ?? default),
        archive.Instant(item?.Onset ?? default),
        archive.Instant(item?.At ?? default),
        archive.Value(item?.PValue ?? 0),
        archive.Value(item?.Score ?? 0),
        archive.Value(item?.Observed ?? 0),
        archive.Value(item?.ExpectedLow ?? 0),
        archive.Value(item?.ExpectedHigh ?? 0),
        archive.Text(item?.Unit ?? ""),
        archive.Text(item?.Explanation ?? "")));
}
