namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Answers an <see cref="InformerReport"/>: what it led to is durable.</summary>
internal sealed record ReportTaken
{
    /// <summary>The one instance.</summary>
    public static readonly ReportTaken Instance = new();
}
