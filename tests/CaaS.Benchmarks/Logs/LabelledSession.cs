namespace CaaS.Benchmarks.Logs;

/// <summary>A sequence of templates with its label.</summary>
/// <param name="Id">Id; what stands before a slash names the job it is part of.</param>
/// <param name="Events">Template ids in order.</param>
/// <param name="IsAnomalous">Label.</param>
internal sealed record LabelledSession(string Id, string[] Events, bool IsAnomalous)
{
    /// <summary>The job it is part of; the session itself when it has none.</summary>
    public string Job => Id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? Id[..slash] : Id;
}
